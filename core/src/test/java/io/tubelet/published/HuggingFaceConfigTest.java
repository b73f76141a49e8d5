package io.tubelet.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceConfigTest {

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }

  @Test
  void config_almostEmpty_isTransformersOwnBaseModel() throws JsonProcessingException {
    HuggingFaceVideoMaeConfig config =
        HuggingFaceVideoMaeConfig.read(json("{'architectures': ['VideoMAEForPreTraining']}"));
    assertThat(config)
        .isEqualTo(
            new HuggingFaceVideoMaeConfig(
                HuggingFaceVideoMaeNames.PRE_TRAINING,
                new HuggingFaceVideoMaeConfig.Clip(224, 16, 3, 16, 2),
                new HuggingFaceVideoMaeConfig.Stack(768, 12, 12, 3072),
                new HuggingFaceVideoMaeConfig.Stack(384, 4, 6, 1536),
                1e-12,
                true,
                true,
                true,
                List.of()));
  }

  @Test
  void config_ofAClassifier_writtenAndRead_isTheSame() {
    HuggingFaceVideoMaeConfig config =
        new HuggingFaceVideoMaeConfig(
            HuggingFaceVideoMaeNames.VIDEO_CLASSIFICATION,
            new HuggingFaceVideoMaeConfig.Clip(160, 8, 3, 32, 4),
            new HuggingFaceVideoMaeConfig.Stack(384, 10, 6, 1536),
            new HuggingFaceVideoMaeConfig.Stack(192, 2, 3, 768),
            1e-6,
            false,
            true,
            false,
            List.of("run", "jump", "wave"));
    JsonNode json = config.write();
    assertThat(json.get("label2id").get("wave").intValue()).isEqualTo(2);
    assertThat(HuggingFaceVideoMaeConfig.read(json)).isEqualTo(config);
  }

  @Test
  void config_fieldNames_areThePublishedOnes() throws JsonProcessingException {
    JsonNode json =
        HuggingFaceVideoMaeConfig.read(
                json("{'architectures': ['VideoMAEForVideoClassification']}"))
            .write();
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "architectures",
            "attention_probs_dropout_prob",
            "decoder_hidden_size",
            "decoder_intermediate_size",
            "decoder_num_attention_heads",
            "decoder_num_hidden_layers",
            "hidden_act",
            "hidden_dropout_prob",
            "hidden_size",
            "intermediate_size",
            "num_attention_heads",
            "num_hidden_layers",
            "id2label",
            "label2id",
            "image_size",
            "initializer_range",
            "layer_norm_eps",
            "model_type",
            "norm_pix_loss",
            "num_channels",
            "num_frames",
            "patch_size",
            "qkv_bias",
            "torch_dtype",
            "tubelet_size",
            "use_mean_pooling");
  }

  @Test
  void config_biasUnderItsNewerName_isRead() throws JsonProcessingException {
    String text = "{'architectures': ['VideoMAEForPreTraining'], 'qv_bias': false}";
    assertThat(HuggingFaceVideoMaeConfig.read(json(text)).qkvBias()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'model_type': 'vivit' | model_type should be videomae, is vivit",
        "'hidden_act': 'relu' | hidden_act should be gelu",
        "'architectures': ['VideoMAEModel'] | architectures should be",
        "'hidden_size': 100 | multiple of num_attention_heads: 100, 12",
        "'num_frames': 0 | num_frames must be at least 1, is 0",
        "'patch_size': 'x' | patch_size should be an integer",
        "'image_size': 1e3 | image_size should be an integer",
        "'layer_norm_eps': 0 | layer_norm_eps must lie between",
        "'id2label': {'0': 'a', '2': 'b'} | id2label has 2 entries and none for 1",
        "'num_labels': 2000000000 | num_labels must lie between"
      })
  void config_wrongField_isRefusedByName(String field, String message) {
    String text =
        field.startsWith("'arch")
            ? "{" + field + "}"
            : "{'architectures': ['VideoMAEForVideoClassification'], " + field + "}";
    assertThatThrownBy(() -> HuggingFaceVideoMaeConfig.read(json(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void preprocessing_firstPublishedForm_isRead() throws JsonProcessingException {
    String text =
        "{'do_center_crop': true, 'do_normalize': true, 'do_resize': true, 'feature_extractor_type':"
            + " 'VideoMAEFeatureExtractor', 'image_mean': [0.485, 0.456, 0.406], 'image_std':"
            + " [0.229, 0.224, 0.225], 'resample': 2, 'size': 224}";
    assertThat(HuggingFacePreprocessing.read(json(text)))
        .isEqualTo(HuggingFacePreprocessing.ofSide(224));
  }

  @Test
  void preprocessing_writtenAndRead_isTheSame() {
    HuggingFacePreprocessing own =
        new HuggingFacePreprocessing(
            true, 256, 3, true, 224, 192, false, 1, true, List.of(0.5), List.of(0.25));
    assertThat(HuggingFacePreprocessing.read(own.write())).isEqualTo(own);
  }

  @Test
  void preprocessing_empty_hasTransformersOwnNumbers() throws JsonProcessingException {
    HuggingFacePreprocessing read = HuggingFacePreprocessing.read(json("{}"));
    assertThat(read.mean()).containsExactly(0.5, 0.5, 0.5);
    assertThat(read.shortestEdge()).isEqualTo(224);
  }

  @Test
  void preprocessing_wrongSize_isRefused() {
    assertThatThrownBy(() -> HuggingFacePreprocessing.read(json("{'size': {'longest_edge': 224}}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shortest_edge should be an integer");
  }
}
