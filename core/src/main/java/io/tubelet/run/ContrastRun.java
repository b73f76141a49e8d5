package io.tubelet.run;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.config.ContrastiveConfig;
import io.tubelet.data.Manifest;
import io.tubelet.distributed.Ranks;
import io.tubelet.model.ContrastiveModel;
import io.tubelet.report.MetricsLog;
import io.tubelet.report.StepSink;
import io.tubelet.report.Verdict;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One sitting of a pre-training by contrast; at the run's end, its report. */
public final class ContrastRun implements PretrainingRun {
  private final ContrastPlan plan;
  private final RunRecords records;
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
  public ContrastRun(ContrastPlan plan, Path path, Start start, List<StepSink> watchers)
      throws IOException {
    ContrastiveConfig config = plan.config();
    this.plan = plan;
    records =
        owned.add(
            RunRecords.open(
                path, start, plan.training(), null, config, config.seed(), Ranks.alone()));
    try (var scope = new TensorScope()) {
      Compute compute = config.train().compute(records.placement());
      ContrastiveModel trained =
          owned.add(ContrastiveModel.fresh(config.model(), compute, config.seed()));
      ContrastiveModel following = owned.add(ContrastiveModel.following(config.model(), compute));
      sitting =
          owned.add(
              new Sitting(
                  records,
                  plan.training(),
                  new Contrasting(plan, trained, following, records.placement()),
                  watchers));
    } catch (IOException | RuntimeException failed) {
      owned.closeAfter(failed);
      throw failed;
    }
  }

  @Override
  public RunResult run(StopSignal stop, Manifest shown) throws IOException, InterruptedException {
    sitting.run(stop);
    RunFolder folder = records.folder();
    if (sitting.finished()) {
      Checkpoint last = records.store().latest().orElseThrow();
      new ContrastReport(plan, folder).write(last, shown, sitting.quarantine().broken());
    }
    Verdict verdict =
        Verdict.of(MetricsLog.read(folder.metrics()), sitting.baseline(), ContrastReport.BASELINE);
    return new RunResult(folder.path(), sitting.step(), plan.training().steps(), verdict);
  }

  @Override
  public void close() throws IOException {
    owned.close();
  }
}
