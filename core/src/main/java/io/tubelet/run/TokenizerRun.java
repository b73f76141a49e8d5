package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.augment.RandAugment;
import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.clip.Frames;
import io.tubelet.config.TokenizerConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.data.Seeds;
import io.tubelet.distributed.Ranks;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.report.StepSink;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.tokenizer.DiscreteVae;
import io.tubelet.tokenizer.EvidenceBound;
import io.tubelet.train.StopSignal;
import io.tubelet.train.Task;
import io.tubelet.train.TokenizerTask;
import io.tubelet.train.TokenizerTrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** One sitting of the training of a tokenizer; at its end, what the tokenizer is worth. */
public final class TokenizerRun implements AutoCloseable {
  /** Of which the first scores of the words are spread. */
  private static final int VIDEOS = 32;

  private final TokenizerPlan plan;
  private final RunRecords records;
  private final DiscreteVae model;
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
  public TokenizerRun(TokenizerPlan plan, Path path, Start start, List<StepSink> watchers)
      throws IOException {
    TokenizerConfig config = plan.config();
    this.plan = plan;
    records =
        owned.add(
            RunRecords.open(
                path, start, plan.training(), null, config, config.seed(), Ranks.alone()));
    try (var scope = new TensorScope()) {
      Compute compute = new Compute(Precision.FP32, records.placement());
      model = owned.add(DiscreteVae.fresh(config.model(), compute, config.seed()));
      if (records.store().latest().isEmpty()) {
        spreadWords();
      }
      Subject<?> subject = new Training(plan, model, records.placement());
      sitting = owned.add(new Sitting(records, plan.training(), subject, watchers));
    } catch (IOException | RuntimeException failed) {
      owned.closeAfter(failed);
      throw failed;
    }
  }

  private void spreadWords() throws IOException {
    List<Tensor> pictures = new ArrayList<>();
    for (Frames clip : new TokenizerPictures(plan).clips(VIDEOS)) {
      pictures.add(TokenizerPictures.unit(clip, records.placement()));
    }
    if (!pictures.isEmpty()) { // otherwise the loader has a word for it
      model.spreadWords(torch.cat(new TensorVector(pictures.toArray(Tensor[]::new)), 0));
    }
  }

  /**
   * Trains to the end or until asked to stop; at the end, looks at what was learnt and writes the
   * page.
   */
  public TokenizerResult run(StopSignal stop) throws IOException, InterruptedException {
    sitting.run(stop);
    Optional<TokenizerScore> score = Optional.empty();
    if (sitting.finished()) {
      Checkpoint last = records.store().latest().orElseThrow();
      score = Optional.of(TokenizerScore.of(plan, model, records.placement()));
      new TokenizerPage(plan, records.folder())
          .write(last.provenance(), sitting.baseline(), score.get(), sitting.quarantine().broken());
    }
    return new TokenizerResult(
        records.folder().path(), sitting.step(), plan.training().steps(), score);
  }

  @Override
  public void close() throws IOException {
    owned.close();
  }

  /** A discrete variational autoencoder that learns to paint what it says in words. */
  private record Training(TokenizerPlan plan, DiscreteVae model, Placement placement)
      implements Subject<DiscreteVae> {
    @Override
    public DiscreteVae another() {
      return new DiscreteVae(model.config(), new Compute(Precision.FP32, placement));
    }

    @Override
    public List<ParameterGroup> groups() {
      return WeightDecayRule.SPARE_VECTORS.groups(
          parameters(), plan.config().train().weightDecay());
    }

    @Override
    public Task<DiscreteVae> task() {
      TokenizerTrainConfig train = plan.config().train();
      return new TokenizerTask(
          new EvidenceBound(train.loss(), train.divergence(), train.balance()),
          train.temperature(),
          model.config().vocabulary(),
          plan.training().steps() * train.batch(),
          plan.training().batchesPerPass() * train.batch(),
          new Seeds(plan.config().seed()),
          placement);
    }

    @Override
    public BatchSpec batches() {
      return BatchSpec.whole(
          plan.config().train().batch(), plan.config().picture().clip(), RandAugment.NONE);
    }

    @Override
    public JsonNode description() {
      return plan.config().description();
    }

    @Override
    public String startedFrom() {
      return "scratch";
    }
  }
}
