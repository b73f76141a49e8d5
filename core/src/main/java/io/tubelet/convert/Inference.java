package io.tubelet.convert;

import io.tubelet.checkpoint.CheckpointException;
import io.tubelet.clip.ClipShape;
import io.tubelet.config.FineTunedConfig;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.model.ClassifierConfig;
import io.tubelet.model.ClassifierInitialisation;
import io.tubelet.model.DecoderAttention;
import io.tubelet.model.DecoderConfig;
import io.tubelet.model.DecoderOrder;
import io.tubelet.model.EncoderConfig;
import io.tubelet.model.Initialisation;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.PositionKind;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.QkvBias;
import io.tubelet.published.PublishedNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;

/**
 * Which model an official state dict belongs to, read off its tensors.
 *
 * <p>Widths, depths, tubelets, the kind of positions and biases are all in the shapes. Heads are
 * not: published widths have published heads ({@link PublishedHeads}). Neither is the picture where
 * positions are computed, nor time where a joint table mixes both: those come from the saved
 * command line or from whoever asks.
 */
final class Inference {
  /** Both programs' factories. */
  private static final double NORM_EPS = 1e-6;

  /** VideoMAE's pre-training program computes its positions for this many frames, always. */
  private static final int VIDEO_MAE_FRAMES = 16;

  private static final double USUAL_LAYER_SCALE = 0.1;

  /** Both programs scale a fresh head so; a loaded one is not affected. */
  private static final double HEAD_SCALE = 0.001;

  private final Path file;
  private final PublishedNames names;
  private final OfficialState state;
  private final Map<String, Tensor> ours;
  private final SavedArguments arguments;
  private final Stated stated;
  private final List<String> notes;
  private final Family family;
  private final String encoder;

  /**
   * @param ours tensors under our names, the patch projection in three dimensions
   * @param notes receives what was assumed
   */
  Inference(
      Path file,
      OfficialState state,
      Map<String, Tensor> ours,
      SavedArguments arguments,
      Stated stated,
      List<String> notes) {
    this.file = file;
    this.state = state;
    this.names = state.names();
    this.ours = ours;
    this.arguments = arguments;
    this.stated = stated;
    this.notes = notes;
    this.family =
        names == PublishedNames.MAE_ST_PRETRAINING || names == PublishedNames.MAE_ST_CLASSIFIER
            ? Family.MAE_ST
            : Family.VIDEO_MAE;
    this.encoder = isPretraining() ? "encoder." : "";
  }

  private boolean isPretraining() {
    return names == PublishedNames.MAE_ST_PRETRAINING
        || names == PublishedNames.VIDEO_MAE_PRETRAINING;
  }

  /**
   * The model.
   *
   * @throws CheckpointException naming the tensor or the option that is missing
   */
  ModelConfig config() throws CheckpointException {
    try {
      return isPretraining()
          ? new ModelConfig.Pretrained(pretrained())
          : new ModelConfig.Classifier(classifier());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private PretrainedConfig pretrained() throws CheckpointException {
    ClipShape clip = clip();
    boolean normalised =
        arguments.flag(family == Family.MAE_ST ? "norm_pix_loss" : "normlize_target").orElse(true);
    return new PretrainedConfig(
        new MaskedAutoencoderConfig(
            clip,
            encoder(),
            decoder(clip),
            block(),
            positions(),
            hasClassToken(),
            family == Family.MAE_ST ? Initialisation.MAE_ST : Initialisation.VIDEO_MAE),
        pixels(),
        family.target(normalised),
        arguments.share("mask_ratio").map(family::masking).orElseGet(family::masking),
        family.sampling(arguments.integer("sampling_rate").orElse(Family.USUAL_STRIDE)),
        family.shortSide());
  }

  private FineTunedConfig classifier() throws CheckpointException {
    int classes = ours.containsKey("head.weight") ? (int) tensor("head.weight").size(0) : 1;
    return new FineTunedConfig(
        new ClassifierConfig(
            clip(),
            encoder(),
            block(),
            positions(),
            hasClassToken(),
            state.pooling(),
            classes,
            0,
            0,
            family == Family.MAE_ST
                ? ClassifierInitialisation.MAE_ST
                : ClassifierInitialisation.VIDEO_MAE,
            HEAD_SCALE),
        pixels(),
        family.sampling(arguments.integer("sampling_rate").orElse(Family.USUAL_STRIDE)),
        family.shortSide(),
        List.of());
  }

  private PixelNorm pixels() {
    if (!state.ofImages()) {
      return family.pixels();
    }
    notes.add("pixels: ImageNet's mean and deviation, as is usual for models of pictures");
    return PixelNorm.IMAGENET;
  }

  private EncoderConfig encoder() throws CheckpointException {
    int width = (int) patches().size(0);
    int heads = heads(stated.heads(), PublishedHeads.ofEncoder(width), width, "encoder", "--heads");
    return new EncoderConfig(width, depth(encoder), heads);
  }

  private DecoderConfig decoder(ClipShape clip) throws CheckpointException {
    int width = (int) tensor("decoder.embed.weight").size(0);
    long values = tensor("decoder.head.weight").size(0);
    int frame = clip.valuesPerToken() / clip.tube();
    if (values % frame != 0) {
      throw new CheckpointException(
          file, "predicts %d values a token, not a multiple of %d".formatted(values, frame));
    }
    OptionalInt usual =
        arguments.integer("decoder_embed_dim").equals(OptionalInt.of(width))
            ? arguments.integer("decoder_num_heads")
            : PublishedHeads.ofDecoder(family, width);
    return new DecoderConfig(
        width,
        depth("decoder."),
        heads(stated.decoderHeads(), usual, width, "decoder", "--decoder-heads"),
        family == Family.MAE_ST ? DecoderOrder.RASTER : DecoderOrder.VISIBLE_FIRST,
        ours.containsKey("decoder.embed.bias"),
        Math.toIntExact(values / frame) * clip.slots(),
        DecoderAttention.SELF);
  }

  private int heads(OptionalInt said, OptionalInt published, int width, String what, String option)
      throws CheckpointException {
    if (said.isPresent()) {
      return said.getAsInt();
    }
    if (published.isEmpty()) {
      throw asking("how many heads its %s of width %d has".formatted(what, width), option);
    }
    notes.add(
        "heads: %d in the %s, as is usual at width %d"
            .formatted(published.getAsInt(), what, width));
    return published.getAsInt();
  }

  private BlockConfig block() throws CheckpointException {
    String first = encoder + "blocks.0.";
    Tensor hidden = tensor(first + "mlp.fc1.weight"); // [ratio * D, D]
    QkvBias bias =
        ours.containsKey(first + "attn.qkv.bias")
            ? QkvBias.ALL
            : ours.containsKey(first + "attn.q_bias") ? QkvBias.QUERY_VALUE : QkvBias.NONE;
    boolean scaled = ours.containsKey(first + "scale1.gamma");
    return new BlockConfig(
        (double) hidden.size(0) / hidden.size(1),
        bias,
        scaled ? arguments.share("init_values").orElse(USUAL_LAYER_SCALE) : 0,
        NORM_EPS);
  }

  private int depth(String network) {
    String blocks = network + "blocks.";
    return (int)
        ours.keySet().stream()
            .filter(name -> name.startsWith(blocks) && name.endsWith(".norm1.weight"))
            .count();
  }

  private PositionKind positions() {
    if (ours.containsKey(encoder + "pos_embed.joint")) {
      return PositionKind.JOINT;
    }
    return ours.containsKey(encoder + "pos_embed.spatial")
        ? PositionKind.SEPARABLE
        : PositionKind.SIN_COS;
  }

  private boolean hasClassToken() {
    return ours.containsKey(encoder + "cls_token.token");
  }

  private ClipShape clip() throws CheckpointException {
    int tube = (int) patches().size(2);
    int patch = (int) patches().size(3);
    return switch (positions()) {
      case SEPARABLE -> {
        int slots = (int) tensor(encoder + "pos_embed.temporal").size(1);
        int side = side(tensor(encoder + "pos_embed.spatial").size(1)) * patch;
        yield new ClipShape(slots * tube, side, side, tube, patch);
      }
      case JOINT -> {
        long tokens = tensor(encoder + "pos_embed.joint").size(1) - (hasClassToken() ? 1 : 0);
        int frames = tube == 1 ? stated.frames().orElse(1) : frames(OptionalInt.empty());
        int side = side(tokens / Math.max(1, frames / tube)) * patch;
        yield new ClipShape(frames, side, side, tube, patch);
      }
      case SIN_COS -> {
        int frames =
            frames(isPretraining() ? OptionalInt.of(VIDEO_MAE_FRAMES) : OptionalInt.empty());
        int side = picture(patch);
        yield new ClipShape(frames, side, side, tube, patch);
      }
    };
  }

  private int side(long places) throws CheckpointException {
    int side = (int) Math.round(Math.sqrt((double) places));
    if (side < 1 || (long) side * side != places) {
      throw new CheckpointException(
          file, "has positions for %d places, not those of a square picture".formatted(places));
    }
    return side;
  }

  private int frames(OptionalInt always) throws CheckpointException {
    for (OptionalInt frames : List.of(stated.frames(), always, arguments.integer("num_frames"))) {
      if (frames.isPresent()) {
        return frames.getAsInt();
      }
    }
    throw asking("how many frames its clips have", "--frames");
  }

  private int picture(int patch) throws CheckpointException {
    OptionalInt window =
        arguments.values().get("window_size") instanceof List<?> sizes
                && sizes.size() == 3
                && sizes.get(1) instanceof Long rows
            ? OptionalInt.of(Math.multiplyExact(Math.toIntExact(rows), patch))
            : OptionalInt.empty();
    for (OptionalInt picture : List.of(stated.picture(), window, arguments.integer("input_size"))) {
      if (picture.isPresent()) {
        return picture.getAsInt();
      }
    }
    throw asking("how large its pictures are", "--picture");
  }

  private Tensor patches() throws CheckpointException {
    Tensor patches = tensor(encoder + "patch_embed.proj.weight"); // [D, 3, t, p, p]
    if (patches.dim() != 5 || patches.size(3) != patches.size(4)) {
      throw new CheckpointException(file, "its patch projection is not one of square tubelets");
    }
    return patches;
  }

  private Tensor tensor(String name) throws CheckpointException {
    Tensor tensor = ours.get(name);
    if (tensor == null || tensor.dim() < 2) {
      throw new CheckpointException(
          file, "looks like %s but has no matrix %s".formatted(names, name));
    }
    return tensor;
  }

  private CheckpointException asking(String what, String option) {
    return new CheckpointException(file, "does not say %s: say it with %s".formatted(what, option));
  }
}
