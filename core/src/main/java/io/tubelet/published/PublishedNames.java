package io.tubelet.published;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** Whose names a state dict carries. */
public enum PublishedNames {
  /** {@code models_mae.MaskedAutoencoderViT} of mae_st. */
  MAE_ST_PRETRAINING(
      new NameTable()
          .line("cls_token", "encoder.cls_token.token")
          .positions("pos_embed", "encoder.pos_embed")
          .line("patch_embed.", "encoder.patch_embed.")
          .line("blocks.", "encoder.blocks.")
          .line("norm.", "encoder.norm.")
          .line("mask_token", "decoder.mask_token")
          .line("decoder_embed.", "decoder.embed.")
          .line("decoder_cls_token", "decoder.cls_token.token")
          .positions("decoder_pos_embed", "decoder.pos_embed")
          .line("decoder_blocks.", "decoder.blocks.")
          .line("decoder_norm.", "decoder.norm.")
          .line("decoder_pred.", "decoder.head."),
      true),

  /** {@code modeling_pretrain.PretrainVisionTransformer} of VideoMAE. */
  VIDEO_MAE_PRETRAINING(
      new NameTable()
          .line("encoder.patch_embed.", "encoder.patch_embed.")
          .line("encoder.blocks.", "encoder.blocks.")
          .line("encoder.norm.", "encoder.norm.")
          .line("mask_token", "decoder.mask_token")
          .line("encoder_to_decoder.", "decoder.embed.")
          .line("decoder.blocks.", "decoder.blocks.")
          .line("decoder.norm.", "decoder.norm.")
          .line("decoder.head.", "decoder.head."),
      false),

  /** {@code models_vit.VisionTransformer} of mae_st, a classifier. */
  MAE_ST_CLASSIFIER(
      new NameTable()
          .line("cls_token", "cls_token.token")
          .positions("pos_embed", "pos_embed")
          .line("patch_embed.", "patch_embed.")
          .line("blocks.", "blocks.")
          .line("norm.", "norm.")
          .line("head.", "head."),
      true),

  /** {@code modeling_finetune.VisionTransformer} of VideoMAE, a classifier. */
  VIDEO_MAE_CLASSIFIER(
      new NameTable()
          .line("patch_embed.", "patch_embed.")
          .line("blocks.", "blocks.")
          .line("norm.", "norm.")
          .line("fc_norm.", "fc_norm.")
          .line("head.", "head."),
      false);

  @SuppressWarnings("ImmutableEnumChecker") // filled above, once
  private final NameTable table;

  private final boolean splitQkv;

  PublishedNames(NameTable table, boolean splitQkv) {
    this.table = table;
    this.splitQkv = splitQkv;
  }

  /**
   * Their tensors under our names and in our layout; query, key and value may be apart or one.
   *
   * @throws IllegalArgumentException listing every name that the table does not know
   */
  public Map<String, Tensor> toOurs(Map<String, Tensor> theirs) {
    return rename(QkvLayout.fuse(theirs), this::ours, this + " does not know");
  }

  /**
   * Our tensors under their names and in their layout; views where possible.
   *
   * @throws IllegalArgumentException listing every name that the table does not know
   */
  public Map<String, Tensor> toTheirs(Map<String, Tensor> ours) {
    Map<String, Tensor> theirs = rename(ours, table::theirs, this + " does not know");
    return splitQkv ? QkvLayout.split(theirs) : theirs;
  }

  /** Our name for one of theirs, after fusing; empty when the table does not know it. */
  public Optional<String> ours(String theirs) {
    return table.ours(theirs);
  }

  /**
   * The tensors under other names.
   *
   * @param names empty for a name that has no counterpart
   * @throws IllegalArgumentException with {@code refusal} and every such name
   */
  static Map<String, Tensor> rename(
      Map<String, Tensor> tensors, Function<String, Optional<String>> names, String refusal) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    tensors.forEach(
        (name, tensor) ->
            names
                .apply(name)
                .ifPresentOrElse(to -> renamed.put(to, tensor), () -> unknown.add(name)));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(refusal + " " + unknown);
    }
    return renamed;
  }
}
