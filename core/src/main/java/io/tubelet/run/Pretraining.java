package io.tubelet.run;

import io.tubelet.config.ContrastiveConfig;
import io.tubelet.config.PretrainConfig;
import io.tubelet.config.Recipes;
import io.tubelet.config.WeightsConfig;
import io.tubelet.data.Manifest;
import io.tubelet.distributed.Ranks;
import io.tubelet.model.Flops;
import io.tubelet.model.TrainingMemory;
import io.tubelet.report.StepSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A training without labels, planned: a recipe of whichever kind on a set of videos. */
public sealed interface Pretraining permits PretrainPlan, ContrastPlan {

  /**
   * Reads a recipe, which says itself how it learns.
   *
   * @param nameOrFile a shipped recipe's name, or a YAML file
   * @param overrides dotted keys such as {@code train.epochs}, with YAML values
   * @throws io.tubelet.config.ConfigException naming the key at fault and what would be right
   */
  static Pretraining read(String nameOrFile, Map<String, String> overrides, Manifest videos)
      throws IOException {
    return ContrastiveConfig.isContrastive(Recipes.tree(nameOrFile, overrides))
        ? new ContrastPlan(ContrastiveConfig.read(nameOrFile, overrides), videos)
        : new PretrainPlan(PretrainConfig.read(nameOrFile, overrides), videos);
  }

  /** How long and how fast. */
  TrainingPlan training();

  /** What goes with the weights that it will leave. */
  WeightsConfig weights();

  /** Of one clip's forward pass; by contrast, that of the trained model. */
  Flops flops();

  /** What an update is estimated to hold in memory. */
  TrainingMemory memory();

  /** The plan for a person, before anything is started. */
  String describe(String startsFrom);

  /**
   * Gets a sitting ready; nothing is trained yet.
   *
   * @param path the run's folder; made where it is missing
   * @param start what is expected there
   * @param watchers hear of every update; the caller closes them
   * @throws io.tubelet.checkpoint.CheckpointException when the folder holds another run
   */
  default PretrainingRun open(Path path, Start start, List<StepSink> watchers) throws IOException {
    return open(path, start, watchers, Ranks.alone());
  }

  /**
   * Gets a sitting ready as one of several processes that train together.
   *
   * @param ranks all of them; stay the caller's
   * @throws io.tubelet.config.ConfigException when this cannot be learnt by several
   */
  PretrainingRun open(Path path, Start start, List<StepSink> watchers, Ranks ranks)
      throws IOException;
}
