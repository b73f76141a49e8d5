package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.published.PublishedNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.bytedeco.pytorch.Tensor;

/**
 * A state dict of one of the official programs: wrappings of its names taken off, and whose they
 * are told by what is there and nothing else.
 *
 * @param names whose they are
 * @param hasHead false for an encoder alone, as a classifier is before fine-tuning
 * @param tensors under the official names
 * @param notes what was changed on the way
 */
record OfficialState(
    PublishedNames names, boolean hasHead, Map<String, Tensor> tensors, List<String> notes) {
  /** Put before every name by data-parallel training, by classifiers built around a backbone. */
  private static final List<String> WRAPPINGS = List.of("module.", "backbone.");

  /** Pre-training's name of the encoder, that VideoMAE's fine-tuning takes off. */
  private static final String ENCODER = "encoder.";

  /** PySlowFast's name of the head. */
  private static final String PROJECTION = "head.projection.";

  static OfficialState of(Path file, Map<String, Tensor> raw) throws CheckpointException {
    List<String> notes = new ArrayList<>();
    Map<String, Tensor> tensors = new LinkedHashMap<>(raw);
    for (String wrapping : WRAPPINGS) {
      tensors = unwrapped(tensors, wrapping, notes);
    }
    if (!isPretraining(tensors)) {
      tensors = unwrapped(tensors, ENCODER, notes);
      tensors = renamed(tensors, PROJECTION, "head.", notes);
    }
    PublishedNames names = names(file, tensors);
    boolean hasHead = isPretraining(tensors) || tensors.containsKey("head.weight");
    return new OfficialState(names, hasHead, tensors, notes);
  }

  private static boolean isPretraining(Map<String, Tensor> tensors) {
    return tensors.containsKey("encoder_to_decoder.weight")
        || tensors.containsKey("decoder_embed.weight");
  }

  private static PublishedNames names(Path file, Map<String, Tensor> tensors)
      throws CheckpointException {
    if (tensors.containsKey("decoder_embed.weight")) {
      return PublishedNames.MAE_ST_PRETRAINING;
    }
    if (tensors.containsKey("encoder_to_decoder.weight")) {
      return PublishedNames.VIDEO_MAE_PRETRAINING;
    }
    if (!tensors.containsKey("patch_embed.proj.weight")
        || !tensors.containsKey("blocks.0.norm1.weight")) {
      throw new CheckpointException(
          file,
          "is neither mae_st's, VideoMAE's, Hugging Face's nor ours: its %d tensors begin with %s"
              .formatted(
                  tensors.size(), new TreeSet<>(tensors.keySet()).stream().limit(4).toList()));
    }
    boolean learntPositions = tensors.keySet().stream().anyMatch(n -> n.startsWith("pos_embed"));
    return learntPositions ? PublishedNames.MAE_ST_CLASSIFIER : PublishedNames.VIDEO_MAE_CLASSIFIER;
  }

  /** Takes a prefix off, where tensors of the network carry it. */
  private static Map<String, Tensor> unwrapped(
      Map<String, Tensor> tensors, String prefix, List<String> notes) {
    return tensors.containsKey(prefix + "patch_embed.proj.weight")
            || tensors.containsKey(prefix + "encoder.patch_embed.proj.weight")
        ? renamed(tensors, prefix, "", notes)
        : tensors;
  }

  private static Map<String, Tensor> renamed(
      Map<String, Tensor> tensors, String from, String to, List<String> notes) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) ->
            renamed.put(name.startsWith(from) ? to + name.substring(from.length()) : name, tensor));
    if (!renamed.keySet().equals(tensors.keySet())) {
      notes.add("names: '%s' read as '%s'".formatted(from, to));
    }
    return renamed;
  }
}
