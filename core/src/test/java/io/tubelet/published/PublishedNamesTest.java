package io.tubelet.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.fixture.NamedTensors;
import io.tubelet.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublishedNamesTest {
  private TensorScope scope;

  @BeforeEach
  void open() {
    scope = new TensorScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Map<String, Tensor> tensors(List<String> names) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    names.forEach(name -> tensors.put(name, torch.randn(4, 4)));
    return tensors;
  }

  @Test
  void toOurs_splitQueryKeyValue_becomesOneAndBackAgain() {
    Map<String, Tensor> theirs =
        tensors(
            List.of(
                "cls_token",
                "pos_embed_spatial",
                "blocks.10.attn.q.weight",
                "blocks.10.attn.k.weight",
                "blocks.10.attn.v.weight",
                "decoder_blocks.0.attn.proj.weight",
                "decoder_pred.weight"));
    Map<String, Tensor> ours = PublishedNames.MAE_ST_PRETRAINING.toOurs(theirs);
    assertThat(ours.keySet())
        .containsExactly(
            "encoder.cls_token.token",
            "encoder.pos_embed.spatial",
            "encoder.blocks.10.attn.qkv.weight",
            "decoder.blocks.0.attn.proj.weight",
            "decoder.head.weight");
    NamedTensors fused = new NamedTensors(ours);
    NamedTensors split = new NamedTensors(theirs);
    assertThat(
            fused
                .get("encoder.blocks.10.attn.qkv.weight")
                .narrow(0, 4, 4)
                .equal(split.get("blocks.10.attn.k.weight")))
        .isTrue();
    Map<String, Tensor> back = PublishedNames.MAE_ST_PRETRAINING.toTheirs(ours);
    assertThat(back.keySet()).isEqualTo(theirs.keySet());
    back.forEach((name, tensor) -> assertThat(tensor.equal(split.get(name))).as(name).isTrue());
  }

  @Test
  void toOurs_layerScale_isRenamedBothWays() {
    Map<String, Tensor> theirs =
        tensors(List.of("encoder.blocks.3.gamma_2", "mask_token", "encoder_to_decoder.weight"));
    Map<String, Tensor> ours = PublishedNames.VIDEO_MAE_PRETRAINING.toOurs(theirs);
    assertThat(ours.keySet())
        .containsExactly(
            "encoder.blocks.3.scale2.gamma", "decoder.mask_token", "decoder.embed.weight");
    assertThat(PublishedNames.VIDEO_MAE_PRETRAINING.toTheirs(ours).keySet())
        .isEqualTo(theirs.keySet());
  }

  @Test
  void toOurs_unknownNames_areAllListed() {
    Map<String, Tensor> theirs = tensors(List.of("mask_token", "surprise", "blocks.0.x"));
    assertThatThrownBy(() -> PublishedNames.VIDEO_MAE_PRETRAINING.toOurs(theirs))
        .hasMessageContaining("[surprise, blocks.0.x]");
  }

  @Test
  void toOurs_queryWithoutKey_isNotFused() {
    Map<String, Tensor> theirs =
        tensors(List.of("blocks.0.attn.q.weight", "blocks.0.attn.v.weight"));
    assertThat(PublishedNames.MAE_ST_PRETRAINING.toOurs(theirs).keySet())
        .containsExactly("encoder.blocks.0.attn.q.weight", "encoder.blocks.0.attn.v.weight");
  }
}
