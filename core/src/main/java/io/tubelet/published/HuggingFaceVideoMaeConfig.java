package io.tubelet.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code config.json} says of a VideoMAE model, without the fields that only Transformers
 * itself uses.
 *
 * @param kind which names its weights carry
 * @param clip what goes in
 * @param encoder the encoder's blocks
 * @param decoder the decoder's blocks; stated for classifiers too, and unused there
 * @param layerNormEps in the blocks' norms and in {@code videomae.layernorm}
 * @param qkvBias whether query and value have a bias; Transformers 5 writes it as {@code qv_bias}
 * @param useMeanPooling pool all tokens, then {@code fc_norm}; else the first token after {@code
 *     videomae.layernorm}
 * @param normPixLoss whether targets are normalised per token
 * @param labels class names in their order; empty for pre-training
 */
public record HuggingFaceVideoMaeConfig(
    HuggingFaceVideoMaeNames kind,
    Clip clip,
    Stack encoder,
    Stack decoder,
    double layerNormEps,
    boolean qkvBias,
    boolean useMeanPooling,
    boolean normPixLoss,
    List<String> labels) {

  private static final String MODEL_TYPE = "videomae";
  private static final String ACTIVATION = "gelu";

  /** What Transformers assumes of a field that is absent: its ViT-B. */
  private static final Stack BASE = new Stack(768, 12, 12, 3072);

  private static final Stack BASE_DECODER = new Stack(384, 4, 6, 1536);
  private static final double DEFAULT_EPS = 1e-12;
  private static final int DEFAULT_LABELS = 2;
  private static final int MOST_LABELS = 1 << 20;

  /** Frames are square; {@code tube} frames make one token. */
  public record Clip(int image, int patch, int channels, int frames, int tube) {
    public Clip {
      requirePositive("image_size", image);
      requirePositive("patch_size", patch);
      requirePositive("num_channels", channels);
      requirePositive("num_frames", frames);
      requirePositive("tubelet_size", tube);
    }
  }

  /** Transformer blocks of one width. */
  public record Stack(int width, int depth, int heads, int mlpWidth) {
    public Stack {
      requirePositive("hidden_size", width);
      requirePositive("num_hidden_layers", depth);
      requirePositive("num_attention_heads", heads);
      requirePositive("intermediate_size", mlpWidth);
      if (width % heads != 0) {
        throw new IllegalArgumentException(
            "hidden_size must be a multiple of num_attention_heads: %d, %d"
                .formatted(width, heads));
      }
    }
  }

  public HuggingFaceVideoMaeConfig {
    labels = List.copyOf(labels);
    if (!(layerNormEps > 0 && layerNormEps < 1)) {
      throw new IllegalArgumentException(
          "layer_norm_eps must lie between 0 and 1, is %s".formatted(layerNormEps));
    }
  }

  /**
   * Reads the file's content; absent fields have the values Transformers gives them.
   *
   * @throws IllegalArgumentException naming the field and what would be right
   */
  public static HuggingFaceVideoMaeConfig read(JsonNode json) {
    requireText(json, "model_type", MODEL_TYPE);
    requireText(json, "hidden_act", ACTIVATION);
    HuggingFaceVideoMaeNames kind = kind(json.path("architectures"));
    return new HuggingFaceVideoMaeConfig(
        kind,
        new Clip(
            integer(json, "image_size", 224),
            integer(json, "patch_size", 16),
            integer(json, "num_channels", 3),
            integer(json, "num_frames", 16),
            integer(json, "tubelet_size", 2)),
        stack(json, "", BASE),
        stack(json, "decoder_", BASE_DECODER),
        json.path("layer_norm_eps").asDouble(DEFAULT_EPS),
        json.path("qkv_bias").asBoolean(json.path("qv_bias").asBoolean(true)),
        json.path("use_mean_pooling").asBoolean(true),
        json.path("norm_pix_loss").asBoolean(true),
        kind == HuggingFaceVideoMaeNames.PRE_TRAINING ? List.of() : labels(json));
  }

  /** The file's content, in the order the published ones have. */
  public ObjectNode write() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("architectures").add(kind.architecture());
    json.put("attention_probs_dropout_prob", 0.0);
    putStack(json, "decoder_", decoder);
    json.put("hidden_act", ACTIVATION).put("hidden_dropout_prob", 0.0);
    putStack(json, "", encoder);
    if (!labels.isEmpty()) {
      ObjectNode names = json.putObject("id2label");
      ObjectNode numbers = json.putObject("label2id");
      for (int i = 0; i < labels.size(); i++) {
        names.put(Integer.toString(i), labels.get(i));
        numbers.put(labels.get(i), i);
      }
    }
    json.put("image_size", clip.image()).put("initializer_range", 0.02);
    json.put("layer_norm_eps", layerNormEps).put("model_type", MODEL_TYPE);
    json.put("norm_pix_loss", normPixLoss).put("num_channels", clip.channels());
    json.put("num_frames", clip.frames()).put("patch_size", clip.patch());
    json.put("qkv_bias", qkvBias).put("torch_dtype", "float32");
    return json.put("tubelet_size", clip.tube()).put("use_mean_pooling", useMeanPooling);
  }

  private static void putStack(ObjectNode json, String prefix, Stack stack) {
    json.put(prefix + "hidden_size", stack.width());
    json.put(prefix + "intermediate_size", stack.mlpWidth());
    json.put(prefix + "num_attention_heads", stack.heads());
    json.put(prefix + "num_hidden_layers", stack.depth());
  }

  private static Stack stack(JsonNode json, String prefix, Stack otherwise) {
    return new Stack(
        integer(json, prefix + "hidden_size", otherwise.width()),
        integer(json, prefix + "num_hidden_layers", otherwise.depth()),
        integer(json, prefix + "num_attention_heads", otherwise.heads()),
        integer(json, prefix + "intermediate_size", otherwise.mlpWidth()));
  }

  private static HuggingFaceVideoMaeNames kind(JsonNode architectures) {
    for (HuggingFaceVideoMaeNames kind : HuggingFaceVideoMaeNames.values()) {
      if (architectures.size() == 1 && architectures.get(0).asText().equals(kind.architecture())) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "architectures should be [\"%s\"] or [\"%s\"], is %s"
            .formatted(
                HuggingFaceVideoMaeNames.PRE_TRAINING.architecture(),
                HuggingFaceVideoMaeNames.VIDEO_CLASSIFICATION.architecture(),
                architectures));
  }

  /** Names by number; a file without any means as many nameless classes as it says, or two. */
  private static List<String> labels(JsonNode json) {
    JsonNode names = json.path("id2label");
    int count = names.isObject() ? names.size() : integer(json, "num_labels", DEFAULT_LABELS);
    if (count < 1 || count > MOST_LABELS) {
      throw new IllegalArgumentException(
          "num_labels must lie between 1 and %d, is %d".formatted(MOST_LABELS, count));
    }
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode name = names.path(Integer.toString(i));
      if (names.isObject() && !name.isTextual()) {
        throw new IllegalArgumentException(
            "id2label has %d entries and none for %d".formatted(count, i));
      }
      labels.add(name.asText("LABEL_" + i));
    }
    return labels;
  }

  private static int integer(JsonNode json, String field, int otherwise) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException("%s should be an integer, is %s".formatted(field, value));
    }
    return value.intValue();
  }

  private static void requireText(JsonNode json, String field, String only) {
    String value = json.path(field).asText(only);
    if (!value.equals(only)) {
      throw new IllegalArgumentException("%s should be %s, is %s".formatted(field, only, value));
    }
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s must be at least 1, is %d".formatted(field, value));
    }
  }
}
