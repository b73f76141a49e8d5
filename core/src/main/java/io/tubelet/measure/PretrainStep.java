package io.tubelet.measure;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Batch;
import io.tubelet.data.Cursor;
import io.tubelet.mask.Mask;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.TrainingMemory;
import io.tubelet.optim.AdamW;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.Replicas;
import io.tubelet.train.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A model, its replicas, its optimizer and a batch of random bytes: everything an update needs. It
 * is the trainer's update without the loader.
 */
public final class PretrainStep implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-4;
  private static final double WEIGHT_DECAY = 0.05;
  private static final long SEED = 0;

  private final Batch batch;
  private final Timeline timeline = new Timeline();
  private final MaskedAutoencoder model;
  private final AdamW optimizer;
  private final Replicas<MaskedAutoencoder> replicas;
  private final Split split;

  /**
   * @param replicas of the model; 0 to choose as a training run would
   * @param memory of the machine in bytes
   */
  public PretrainStep(StepCase step, int replicas, long memory) {
    batch = batch(step);
    try (TensorScope scope = new TensorScope()) { // what must outlive it is retained by its owner
      Compute compute = step.compute();
      model = MaskedAutoencoder.fresh(step.model(), compute, SEED);
      optimizer =
          new AdamW(
              model.parameters(),
              step.family().decayRule().groups(model.parameters(), WEIGHT_DECAY),
              step.family().optimizer());
      split =
          Split.of(
              replicas,
              step.batch(),
              compute.placement(),
              torch.get_num_threads(),
              TrainingMemory.ofReplica(model.parameterCount(), step.precision()),
              memory);
      this.replicas =
          new Replicas<>(
              new TimedPretraining(
                  step.objective(), compute.placement(), step.encoding(), timeline),
              model,
              () -> new MaskedAutoencoder(step.model(), compute),
              split,
              optimizer);
    }
  }

  /** Random bytes and masks. */
  static Batch batch(StepCase step) {
    ClipShape clip = step.clip();
    SplittableRandom rng = new SplittableRandom(SEED);
    byte[] pixels = new byte[Math.multiplyExact(step.batch(), clip.bytes())];
    rng.nextBytes(pixels);
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < step.batch(); i++) {
      masks.add(step.masking().draw(clip, rng));
    }
    return new Batch(clip, pixels, masks, List.of(), Cursor.START);
  }

  /** One update, from bytes to changed weights. */
  public StepTiming update() {
    long from = System.nanoTime();
    double loss;
    try (TensorScope scope = new TensorScope()) {
      timeline.run(Phase.OPTIMIZER, optimizer::zeroGrad);
      Tensor share = replicas.backward(batch, 1);
      timeline.run(
          Phase.OPTIMIZER, () -> optimizer.step(LEARNING_RATE, share, optimizer.gradNorm()));
      loss = share.item_double();
    }
    return new StepTiming(from, System.nanoTime(), timeline.take(), loss);
  }

  MaskedAutoencoder model() {
    return model;
  }

  /** How the batch is divided. */
  public Split split() {
    return split;
  }

  @Override
  public void close() {
    replicas.close();
    optimizer.close();
    model.close();
  }
}
