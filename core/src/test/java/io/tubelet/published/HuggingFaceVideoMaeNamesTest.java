package io.tubelet.published;

import static io.tubelet.published.HuggingFaceVideoMaeNames.PRE_TRAINING;
import static io.tubelet.published.HuggingFaceVideoMaeNames.VIDEO_CLASSIFICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HuggingFaceVideoMaeNamesTest {

  /** Names of VideoMAEForPreTraining (Transformers, models/videomae). */
  @ParameterizedTest
  @CsvSource({
    "videomae.embeddings.patch_embeddings.projection.weight, encoder.patch_embed.proj.weight",
    "videomae.embeddings.patch_embeddings.projection.bias, encoder.patch_embed.proj.bias",
    "videomae.encoder.layer.11.attention.attention.q_bias, encoder.blocks.11.attn.q_bias",
    "videomae.encoder.layer.11.attention.attention.v_bias, encoder.blocks.11.attn.v_bias",
    "videomae.encoder.layer.0.attention.attention.query.weight, encoder.blocks.0.attn.q.weight",
    "videomae.encoder.layer.0.attention.attention.key.weight, encoder.blocks.0.attn.k.weight",
    "videomae.encoder.layer.0.attention.attention.value.weight, encoder.blocks.0.attn.v.weight",
    "videomae.encoder.layer.0.attention.output.dense.weight, encoder.blocks.0.attn.proj.weight",
    "videomae.encoder.layer.0.attention.output.dense.bias, encoder.blocks.0.attn.proj.bias",
    "videomae.encoder.layer.0.intermediate.dense.weight, encoder.blocks.0.mlp.fc1.weight",
    "videomae.encoder.layer.0.output.dense.bias, encoder.blocks.0.mlp.fc2.bias",
    "videomae.encoder.layer.0.layernorm_before.weight, encoder.blocks.0.norm1.weight",
    "videomae.encoder.layer.0.layernorm_after.bias, encoder.blocks.0.norm2.bias",
    "videomae.layernorm.weight, encoder.norm.weight",
    "encoder_to_decoder.weight, encoder_to_decoder.weight",
    "mask_token, mask_token",
    "decoder.decoder_layers.3.attention.attention.q_bias, decoder.blocks.3.attn.q_bias",
    "decoder.decoder_layers.3.output.dense.weight, decoder.blocks.3.mlp.fc2.weight",
    "decoder.norm.weight, decoder.norm.weight",
    "decoder.head.bias, decoder.head.bias"
  })
  void preTraining_everyKindOfName_goesBothWays(String theirs, String official) {
    assertThat(PRE_TRAINING.official(theirs)).contains(official);
    assertThat(PRE_TRAINING.theirs(official)).contains(theirs);
  }

  @ParameterizedTest
  @CsvSource({
    "videomae.embeddings.patch_embeddings.projection.bias, patch_embed.proj.bias",
    "videomae.encoder.layer.23.attention.output.dense.weight, blocks.23.attn.proj.weight",
    "videomae.layernorm.bias, norm.bias",
    "fc_norm.weight, fc_norm.weight",
    "classifier.weight, head.weight"
  })
  void classification_everyKindOfName_goesBothWays(String theirs, String official) {
    assertThat(VIDEO_CLASSIFICATION.official(theirs)).contains(official);
    assertThat(VIDEO_CLASSIFICATION.theirs(official)).contains(theirs);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "videomae.encoder.layer.0.attention.attention.key.bias",
        "videomae.encoder.layer.first.layernorm_before.weight",
        "videomae.encoder.layer.7",
        "videomae.encoder.layer.",
        "videomae.embeddings.position_embeddings",
        "classifier.weight"
      })
  void preTraining_namesItDoesNotHave_areUnknown(String theirs) {
    assertThat(PRE_TRAINING.official(theirs)).isEmpty();
  }

  @Test
  void tensors_thereAndBack_areTheSameAndQkvIsStackedInOrder() {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> official = new LinkedHashMap<>();
      official.put("blocks.0.attn.qkv.weight", torch.arange(new Scalar(12)).reshape(6, 2));
      official.put("blocks.0.attn.q_bias", torch.arange(new Scalar(2)));
      official.put("head.weight", torch.arange(new Scalar(4)).reshape(2, 2));
      Map<String, Tensor> theirs = VIDEO_CLASSIFICATION.toTheirs(official);
      String attention = "videomae.encoder.layer.0.attention.attention.";
      assertThat(theirs)
          .containsOnlyKeys(
              attention + "query.weight",
              attention + "key.weight",
              attention + "value.weight",
              attention + "q_bias",
              "classifier.weight");
      Tensor key = theirs.getOrDefault(attention + "key.weight", torch.empty(0));
      assertThat(Shapes.of(key)).containsExactly(2, 2);
      assertThat(key.select(0, 0).select(0, 0).item_long()).isEqualTo(4);
      Map<String, Tensor> back = VIDEO_CLASSIFICATION.toOfficial(theirs);
      assertThat(back).containsOnlyKeys(official.keySet());
      back.forEach(
          (name, tensor) ->
              assertThat(tensor.equal(official.getOrDefault(name, torch.empty(0))))
                  .as(name)
                  .isTrue());
    }
  }

  @Test
  void tensors_withUnknownNames_areRefusedByName() {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> theirs = Map.of("lm_head.weight", torch.empty(1));
      assertThatThrownBy(() -> PRE_TRAINING.toOfficial(theirs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("VideoMAEForPreTraining has no [lm_head.weight]");
    }
  }

  /** Names of the full-size models, written down from the official program. */
  @ParameterizedTest
  @CsvSource({
    "PRE_TRAINING, manifest_videomae_pretrain_vit_s",
    "PRE_TRAINING, manifest_videomae_pretrain_vit_h",
    "VIDEO_CLASSIFICATION, manifest_videomae_finetune_vit_b",
    "VIDEO_CLASSIFICATION, manifest_videomae_finetune_vit_l"
  })
  void officialModels_everyName_comesBackAsItself(HuggingFaceVideoMaeNames kind, String manifest)
      throws IOException {
    Path folder = Path.of(System.getProperty("tubelet.root", ".."), "..", "shared", "fixtures");
    Path file = folder.resolve(manifest + ".json");
    assumeTrue(Files.exists(file), "no " + file);
    JsonNode state = new ObjectMapper().readTree(file.toFile()).get("state_dict");
    assertThat(state.size()).isGreaterThan(100);
    state
        .fieldNames()
        .forEachRemaining(
            name -> {
              String split = name.replace(".attn.qkv.", ".attn.q.");
              assertThat(kind.theirs(split).flatMap(kind::official)).as(name).contains(split);
            });
  }
}
