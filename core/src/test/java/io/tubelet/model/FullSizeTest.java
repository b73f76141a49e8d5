package io.tubelet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.clip.ClipShape;
import io.tubelet.fixture.FixtureFolder;
import io.tubelet.nn.BlockConfig;
import io.tubelet.nn.Layer;
import io.tubelet.optim.LayerDecay;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.published.PublishedNames;
import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The full-size models of both papers, built without memory for their values. */
class FullSizeTest {
  private static final Compute SHAPES = new Compute(Precision.FP32, Placement.META);
  private static final ClipShape CLIP = new ClipShape(16, 224, 224, 2, 16);
  private static final int KINETICS_CLASSES = 400;

  /** A model and the names it was published under. */
  private record Published(Layer model, PublishedNames names) {}

  @TestFactory
  Stream<DynamicTest> manifests_everyFullSizeModel_haveOurKeysShapesAndTotals() {
    return FixtureFolder.all().stream()
        .flatMap(
            folder ->
                folder.tablesStarting("manifest_").stream()
                    .map(
                        name ->
                            dynamicTest(name, () -> compare(folder.table(name).orElseThrow()))));
  }

  private static void compare(JsonNode manifest) {
    try (TensorScope scope = new TensorScope()) {
      Published published = build(manifest.get("factory").asText(), manifest.get("arguments"));
      try (Layer model = published.model()) {
        Map<String, String> ours = new LinkedHashMap<>();
        published
            .names()
            .toTheirs(model.parameters())
            .forEach((name, tensor) -> ours.put(name, shape(tensor)));
        Map<String, String> theirs = new LinkedHashMap<>();
        manifest
            .get("state_dict")
            .properties()
            .forEach(entry -> theirs.put(entry.getKey(), entry.getValue().toString()));
        assertThat(ours).isEqualTo(theirs);
        assertThat(model.parameterCount()).isEqualTo(manifest.get("total_parameters").asLong());
      }
    }
  }

  private static String shape(Tensor tensor) {
    return Arrays.toString(Shapes.of(tensor)).replace(" ", "");
  }

  private static Published build(String factory, JsonNode arguments) {
    VitSize size =
        factory.contains("small")
            ? VitSize.SMALL
            : factory.contains("base")
                ? VitSize.BASE
                : factory.contains("large") ? VitSize.LARGE : VitSize.HUGE;
    if (factory.startsWith("mae_vit")) {
      ClipShape clip = factory.endsWith("patch14") ? new ClipShape(16, 224, 224, 2, 14) : CLIP;
      return new Published(
          new MaskedAutoencoder(
              MaskedAutoencoderConfig.maeSt(
                  clip,
                  size,
                  arguments.get("decoder_depth").asInt(),
                  arguments.get("pred_t_dim").asInt()),
              SHAPES),
          PublishedNames.MAE_ST_PRETRAINING);
    }
    if (factory.startsWith("pretrain_videomae")) {
      return new Published(
          new MaskedAutoencoder(
              MaskedAutoencoderConfig.videoMae(CLIP, size, arguments.get("decoder_depth").asInt()),
              SHAPES),
          PublishedNames.VIDEO_MAE_PRETRAINING);
    }
    boolean maeSt = arguments.has("cls_embed");
    // mae_st's factory of 14-pixel patches for the classifier passes 16.
    return new Published(
        new VideoClassifier(maeSt ? maeStClassifier(size) : videoMaeClassifier(size), SHAPES),
        maeSt ? PublishedNames.MAE_ST_CLASSIFIER : PublishedNames.VIDEO_MAE_CLASSIFIER);
  }

  private static ClassifierConfig maeStClassifier(VitSize size) {
    return new ClassifierConfig(
        CLIP,
        size.encoder(),
        BlockConfig.MAE_ST,
        PositionKind.SEPARABLE,
        true,
        Pooling.AFTER_FIRST_TOKEN,
        KINETICS_CLASSES,
        0.2,
        0.3,
        ClassifierInitialisation.MAE_ST,
        0.001);
  }

  private static ClassifierConfig videoMaeClassifier(VitSize size) {
    return new ClassifierConfig(
        CLIP,
        size.encoder(),
        BlockConfig.VIDEO_MAE,
        PositionKind.SIN_COS,
        false,
        Pooling.ALL_TOKENS,
        KINETICS_CLASSES,
        0.1,
        0,
        ClassifierInitialisation.VIDEO_MAE,
        0.001);
  }

  @Test
  void parameterGroups_vitBase_areTheOfficialOnes() {
    Optional<JsonNode> table =
        FixtureFolder.all().stream()
            .flatMap(folder -> folder.table("param_groups_vit_b").stream())
            .findFirst();
    assumeTrue(table.isPresent(), "no folder has the table param_groups_vit_b");
    JsonNode groups = table.orElseThrow();
    double wd = 0.05;
    LayerDecay decay = new LayerDecay(0.75, VitSize.BASE.depth());
    try (TensorScope scope = new TensorScope();
        Layer maeSt =
            new MaskedAutoencoder(MaskedAutoencoderConfig.maeSt(CLIP, VitSize.BASE, 4, 8), SHAPES);
        Layer videoMae =
            new MaskedAutoencoder(MaskedAutoencoderConfig.videoMae(CLIP, VitSize.BASE, 4), SHAPES);
        Layer maeStFt = new VideoClassifier(maeStClassifier(VitSize.BASE), SHAPES);
        Layer videoMaeFt = new VideoClassifier(videoMaeClassifier(VitSize.BASE), SHAPES)) {
      assertGroups(
          maeSt,
          WeightDecayRule.SPARE_VECTORS.groups(maeSt.parameters(), wd),
          PublishedNames.MAE_ST_PRETRAINING,
          groups.get("maest_pretrain_wd_0.05"));
      assertGroups(
          maeSt,
          WeightDecayRule.SPARE_BIASES.groups(maeSt.parameters(), wd),
          PublishedNames.MAE_ST_PRETRAINING,
          groups.get("maest_pretrain_wd_0.05_bias_wd_true"));
      assertGroups(
          videoMae,
          WeightDecayRule.SPARE_VECTORS_AND_TOKENS.groups(videoMae.parameters(), wd),
          PublishedNames.VIDEO_MAE_PRETRAINING,
          groups.get("videomae_pretrain_wd_0.05"));
      assertGroups(
          maeStFt,
          decay.groups(maeStFt.parameters(), WeightDecayRule.SPARE_VECTORS_AND_TOKENS, wd),
          PublishedNames.MAE_ST_CLASSIFIER,
          groups.get("maest_finetune_layer_decay_0.75_wd_0.05"));
      assertGroups(
          videoMaeFt,
          decay.groups(videoMaeFt.parameters(), WeightDecayRule.SPARE_VECTORS_AND_TOKENS, wd),
          PublishedNames.VIDEO_MAE_CLASSIFIER,
          groups.get("videomae_finetune_layer_decay_0.75_wd_0.05"));
    }
  }

  private static void assertGroups(
      Layer model, List<ParameterGroup> groups, PublishedNames names, JsonNode expected) {
    Map<String, String> ours = new LinkedHashMap<>();
    for (ParameterGroup group : groups) {
      Map<String, Tensor> members = new LinkedHashMap<>(model.parameters());
      members.keySet().retainAll(Set.copyOf(group.names()));
      names
          .toTheirs(members)
          .keySet()
          .forEach(
              name -> ours.put(name, "%.12g %s".formatted(group.lrScale(), group.weightDecay())));
    }
    Map<String, String> theirs = new LinkedHashMap<>();
    expected.forEach(
        p ->
            theirs.put(
                p.get("name").asText(),
                "%.12g %s"
                    .formatted(p.path("lr_scale").asDouble(1), p.get("weight_decay").asDouble())));
    assertThat(ours).isEqualTo(theirs);
  }

  /** mae_st, section 5.1 and Table 1: 627.5 and 81.0 GFLOPs, 7.7 times fewer. */
  @Test
  void flops_maeStViTLarge_areThePapers() {
    MaskedAutoencoderConfig withClass = MaskedAutoencoderConfig.maeSt(CLIP, VitSize.LARGE, 4, 8);
    MaskedAutoencoderConfig config =
        new MaskedAutoencoderConfig(
            CLIP,
            withClass.encoder(),
            withClass.decoder(),
            withClass.block(),
            withClass.positions(),
            false,
            withClass.initialisation());
    long head = Flops.linear(CLIP.tokens(), 512, 768).products();
    double dense = Flops.ofMaeStProgram(config, 1568).products() - head;
    double sparse = Flops.ofMaeStProgram(config, 157).products() - head;
    assertThat(dense / 1e9).isCloseTo(627.455, within(0.001));
    assertThat(sparse / 1e9).isCloseTo(80.973, within(0.001));
    assertThat(dense / sparse).isCloseTo(7.749, within(0.001));
  }

  @Test
  void flops_officialCounters_agree() {
    Optional<JsonNode> table =
        FixtureFolder.all().stream().flatMap(folder -> folder.table("flops").stream()).findFirst();
    for (JsonNode row : table.orElseThrow().get("hook_counter_on_official_models")) {
      Flops ours = counted(row);
      assertThat(ours.products() / 1e9)
          .as(row.get("case").asText())
          .isEqualTo(row.get("GMAC_matmul").asDouble());
      assertThat(ours.total() / 1e9)
          .as(row.get("case").asText())
          .isEqualTo(row.get("GMAC_with_5numel_layernorm").asDouble());
    }
  }

  private static Flops counted(JsonNode row) {
    String name = row.get("case").asText();
    if (name.contains("pretrain")) {
      MaskedAutoencoderConfig large = MaskedAutoencoderConfig.maeSt(CLIP, VitSize.LARGE, 4, 8);
      return Flops.ofMaeStProgram(
          new MaskedAutoencoderConfig(
              CLIP,
              large.encoder(),
              large.decoder(),
              large.block(),
              large.positions(),
              name.contains("cls=True"),
              large.initialisation()),
          row.get("encoder_tokens_without_cls").asInt());
    }
    VitSize size =
        name.contains("ViT-S")
            ? VitSize.SMALL
            : name.contains("ViT-B") || name.contains("base")
                ? VitSize.BASE
                : name.contains("ViT-L") || name.contains("large") ? VitSize.LARGE : VitSize.HUGE;
    return Flops.of(name.startsWith("VideoMAE") ? videoMaeClassifier(size) : maeStClassifier(size));
  }

  /** Resident memory above an idle process: 3.2 GB for this step, 2.6 GB when recomputing. */
  @Test
  void trainingMemory_vitBaseFiveClips_isNearTheMeasured() {
    MaskedAutoencoderConfig config = MaskedAutoencoderConfig.videoMae(CLIP, VitSize.BASE, 4);
    Compute recomputing = new Compute(Precision.FP32, Placement.CPU, Activations.RECOMPUTE);
    long kept = TrainingMemory.of(config, 160, 1408, 94_210_944, Compute.CPU_FP32).ofBatch(5);
    long recomputed = TrainingMemory.of(config, 160, 1408, 94_210_944, recomputing).ofBatch(5);
    long some =
        TrainingMemory.of(config, 160, 1408, 94_210_944, recomputing.with(new Activations(6)))
            .ofBatch(5);
    assertThat(kept / 1e9).isCloseTo(3.35, within(0.5));
    assertThat(recomputed / 1e9).isCloseTo(2.6, within(0.5));
    assertThat(some).isBetween(recomputed, kept).isNotIn(recomputed, kept);
  }
}
