package io.tubelet.published;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * The names of VideoMAE in Hugging Face Transformers and in the official program, per kind of
 * model.
 *
 * <p>Theirs keeps query, key and value apart and has a bias for the first and the last only, as the
 * official program does; position tables are computed by both and stored by neither. With mean
 * pooling there is {@code fc_norm} and no {@code videomae.layernorm}, else the other way round.
 *
 * <p>Equal weights give nearly equal outputs: their published configurations say an epsilon of
 * 1e-12 in the blocks' norms where the official program has 1e-6, and their {@code fc_norm} and
 * {@code decoder.norm} always have 1e-5.
 */
public enum HuggingFaceVideoMaeNames {
  /** {@code VideoMAEForPreTraining}; officially {@code PretrainVisionTransformer}. */
  PRE_TRAINING(
      "VideoMAEForPreTraining",
      new NameTable()
          .line("videomae.embeddings.patch_embeddings.projection.", "encoder.patch_embed.proj.")
          .line("videomae.layernorm.", "encoder.norm.")
          .line("mask_token", "mask_token")
          .line("encoder_to_decoder.", "encoder_to_decoder.")
          .line("decoder.norm.", "decoder.norm.")
          .line("decoder.head.", "decoder.head."),
      List.of(
          new Stack("videomae.encoder.layer.", "encoder.blocks."),
          new Stack("decoder.decoder_layers.", "decoder.blocks."))),

  /** {@code VideoMAEForVideoClassification}; officially {@code VisionTransformer}. */
  VIDEO_CLASSIFICATION(
      "VideoMAEForVideoClassification",
      new NameTable()
          .line("videomae.embeddings.patch_embeddings.projection.", "patch_embed.proj.")
          .line("videomae.layernorm.", "norm.")
          .line("fc_norm.", "fc_norm.")
          .line("classifier.", "head."),
      List.of(new Stack("videomae.encoder.layer.", "blocks.")));

  /** Where the numbered blocks of one network lie. */
  private record Stack(String theirs, String official) {}

  /** Inside one block. The three parts of the attention are the official qkv, top to bottom. */
  private static final NameTable BLOCK =
      new NameTable()
          .line("layernorm_before.", "norm1.")
          .line("attention.attention.query.weight", "attn.q.weight")
          .line("attention.attention.key.weight", "attn.k.weight")
          .line("attention.attention.value.weight", "attn.v.weight")
          .line("attention.attention.q_bias", "attn.q_bias")
          .line("attention.attention.v_bias", "attn.v_bias")
          .line("attention.output.dense.", "attn.proj.")
          .line("layernorm_after.", "norm2.")
          .line("intermediate.dense.", "mlp.fc1.")
          .line("output.dense.", "mlp.fc2.");

  private final String architecture;

  @SuppressWarnings("ImmutableEnumChecker") // filled above, once
  private final NameTable table;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Stack> stacks;

  HuggingFaceVideoMaeNames(String architecture, NameTable table, List<Stack> stacks) {
    this.architecture = architecture;
    this.table = table;
    this.stacks = stacks;
  }

  /** The class as {@code config.json} names it. */
  public String architecture() {
    return architecture;
  }

  /**
   * Their tensors under the official names, query, key and value made one.
   *
   * @throws IllegalArgumentException listing every name that is not one of this kind of model
   */
  public Map<String, Tensor> toOfficial(Map<String, Tensor> theirs) {
    return QkvLayout.fuse(renamed(theirs, this::official));
  }

  /**
   * The official tensors under their names, query, key and value apart; views where possible.
   *
   * @throws IllegalArgumentException listing every name that is not one of this kind of model
   */
  public Map<String, Tensor> toTheirs(Map<String, Tensor> official) {
    return renamed(QkvLayout.split(official), this::theirs);
  }

  /** The official name; a third of {@code attn.qkv.weight} is {@code attn.q.weight}, and so on. */
  public Optional<String> official(String theirs) {
    for (Stack stack : stacks) {
      if (theirs.startsWith(stack.theirs())) {
        return inBlock(theirs, stack.theirs(), stack.official(), BLOCK::ours);
      }
    }
    return table.ours(theirs);
  }

  /** Their name of an official tensor, {@code attn.qkv.weight} being split as above. */
  public Optional<String> theirs(String official) {
    for (Stack stack : stacks) {
      if (official.startsWith(stack.official())) {
        return inBlock(official, stack.official(), stack.theirs(), BLOCK::theirs);
      }
    }
    return table.theirs(official);
  }

  /** {@code from3.name} becomes {@code to3.NAME}. */
  private static Optional<String> inBlock(
      String name, String from, String to, Function<String, Optional<String>> block) {
    int dot = name.indexOf('.', from.length());
    String number = dot < 0 ? "" : name.substring(from.length(), dot);
    if (number.isEmpty() || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return block.apply(name.substring(dot + 1)).map(inner -> to + number + "." + inner);
  }

  private Map<String, Tensor> renamed(
      Map<String, Tensor> tensors, Function<String, Optional<String>> names) {
    return PublishedNames.rename(tensors, names, architecture + " has no");
  }
}
