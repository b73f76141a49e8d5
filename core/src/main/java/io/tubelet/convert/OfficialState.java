package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.model.Pooling;
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
 * @param pooling what a classifier's head sees
 * @param tensors under the official names
 * @param notes what was changed on the way
 */
record OfficialState(
    PublishedNames names,
    boolean hasHead,
    Pooling pooling,
    Map<String, Tensor> tensors,
    List<String> notes) {
  /** Put before every name by data-parallel training, by classifiers built around a backbone. */
  private static final List<String> WRAPPINGS = List.of("module.", "backbone.");

  /** Pre-training's name of the encoder, that VideoMAE's fine-tuning takes off. */
  private static final String ENCODER = "encoder.";

  /** PySlowFast's name of the head. */
  private static final String PROJECTION = "head.projection.";

  private static final String PATCHES = "patch_embed.proj.weight";
  private static final String HEAD = "head.weight";
  private static final String CLASS_TOKEN = "cls_token";
  private static final String FRESH_NORM = "fc_norm.";
  private static final String NORM = "norm.";

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
    boolean hasHead = isPretraining(tensors) || tensors.containsKey(HEAD);
    Pooling pooling = pooling(names, tensors, notes);
    return new OfficialState(names, hasHead, pooling, withOneNorm(names, tensors, notes), notes);
  }

  /** Whether the weights are those of a model of pictures, as ViT and MAE are. */
  boolean ofImages() {
    return ofImages(tensors);
  }

  private static boolean ofImages(Map<String, Tensor> tensors) {
    Tensor patches = tensors.get(PATCHES); // [D, 3, p, p]
    return patches != null && patches.dim() == 4;
  }

  private static Pooling pooling(
      PublishedNames names, Map<String, Tensor> tensors, List<String> notes) {
    boolean freshNorm = tensors.containsKey(FRESH_NORM + "weight");
    if (names == PublishedNames.VIDEO_MAE_CLASSIFIER) {
      return freshNorm ? Pooling.ALL_TOKENS : Pooling.FIRST_TOKEN;
    }
    boolean ofClassToken =
        ofImages(tensors) && tensors.containsKey(HEAD) && tensors.containsKey(CLASS_TOKEN);
    if (ofClassToken && !freshNorm) {
      notes.add("head: of the class token alone, as ViT's is");
      return Pooling.FIRST_TOKEN;
    }
    return Pooling.AFTER_FIRST_TOKEN;
  }

  /**
   * MAE's classifier of pictures calls {@code fc_norm} what mae_st's calls {@code norm}: the one
   * after the mean of the patches.
   */
  private static Map<String, Tensor> withOneNorm(
      PublishedNames names, Map<String, Tensor> tensors, List<String> notes) {
    return names == PublishedNames.MAE_ST_CLASSIFIER
            && tensors.containsKey(CLASS_TOKEN)
            && !tensors.containsKey(NORM + "weight")
        ? renamed(tensors, FRESH_NORM, NORM, notes)
        : tensors;
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
    if (!tensors.containsKey(PATCHES) || !tensors.containsKey("blocks.0.norm1.weight")) {
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
    return tensors.containsKey(prefix + PATCHES) || tensors.containsKey(prefix + ENCODER + PATCHES)
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
