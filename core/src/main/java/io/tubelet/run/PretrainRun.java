package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.PretrainConfig;
import io.tubelet.config.PretrainedConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.data.Manifest;
import io.tubelet.distributed.Ranks;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.objective.Reconstruction;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepSink;
import io.tubelet.report.Verdict;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.PretrainTask;
import io.tubelet.train.StopSignal;
import io.tubelet.train.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One sitting of a pre-training run; at the run's end, its report. */
public final class PretrainRun implements PretrainingRun {
  private final PretrainPlan plan;
  private final RunRecords records;
  private final MaskedAutoencoder model;
  private final Sitting sitting;
  private final Owned owned = new Owned();

  /**
   * Gets everything ready; nothing is trained yet.
   *
   * @param path the run's folder; made where it is missing
   * @param start what is expected there
   * @param watchers hear of every update; the caller closes them
   * @throws io.tubelet.checkpoint.CheckpointException when the folder holds another run
   */
  public PretrainRun(PretrainPlan plan, Path path, Start start, List<StepSink> watchers)
      throws IOException {
    this(plan, path, start, watchers, Ranks.alone());
  }

  /**
   * As one of several processes that train together.
   *
   * @param ranks all of them; stay the caller's
   */
  public PretrainRun(
      PretrainPlan plan, Path path, Start start, List<StepSink> watchers, Ranks ranks)
      throws IOException {
    PretrainConfig config = plan.config();
    this.plan = plan;
    records =
        owned.add(
            RunRecords.open(path, start, plan.training(), null, config, config.seed(), ranks));
    try (var scope = new TensorScope()) {
      Placement placement = records.placement();
      model =
          owned.add(
              MaskedAutoencoder.fresh(
                  config.model(), config.train().compute(placement), config.seed()));
      PretrainObjective objective = owned.add(new PretrainObjective(config, placement));
      Subject<?> subject = new FillingIn(config, model, objective.reconstruction(), placement);
      sitting = owned.add(new Sitting(records, plan.training(), subject, watchers));
    } catch (IOException | RuntimeException failed) {
      owned.closeAfter(failed);
      throw failed;
    }
  }

  /** Where the weights of a run in this folder come from, in words. */
  public static String startsFrom(Path path) throws IOException {
    return RunRecords.startsFrom(path, "fresh weights, drawn from the seed");
  }

  @Override
  public RunResult run(StopSignal stop, Manifest shown) throws IOException, InterruptedException {
    sitting.run(stop);
    RunFolder folder = records.folder();
    Verdict verdict = Verdict.of(MetricsLog.read(folder.metrics()), sitting.baseline());
    if (sitting.finished() && records.ranks().isFirst()) {
      Checkpoint last = records.store().latest().orElseThrow();
      new PretrainReport(plan, folder)
          .write(last, model, records.placement(), shown, sitting.quarantine().broken());
    }
    return new RunResult(folder.path(), sitting.step(), plan.training().steps(), verdict);
  }

  @Override
  public void close() throws IOException {
    owned.close();
  }

  /** A masked autoencoder that learns to fill in what is hidden. */
  private record FillingIn(
      PretrainConfig config, MaskedAutoencoder model, Reconstruction objective, Placement placement)
      implements Subject<MaskedAutoencoder> {
    @Override
    public MaskedAutoencoder another() {
      return new MaskedAutoencoder(config.model(), config.train().compute(placement));
    }

    @Override
    public List<ParameterGroup> groups() {
      return config.optimizer().decayRule().groups(parameters(), config.optimizer().weightDecay());
    }

    @Override
    public Task<MaskedAutoencoder> task() {
      return new PretrainTask(objective, placement);
    }

    @Override
    public BatchSpec batches() {
      MaskedAutoencoderConfig model = config.model();
      return BatchSpec.masked(
          config.train().batch(),
          model.predicted().sampled(),
          model.clip().frames(),
          config.masking());
    }

    @Override
    public JsonNode description() {
      return ConfigFormat.tree(PretrainedConfig.of(config));
    }

    @Override
    public String startedFrom() {
      return "scratch";
    }
  }
}
