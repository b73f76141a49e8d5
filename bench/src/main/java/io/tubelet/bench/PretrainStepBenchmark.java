package io.tubelet.bench;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Batch;
import io.tubelet.data.Cursor;
import io.tubelet.mask.Mask;
import io.tubelet.mask.Masking;
import io.tubelet.mask.RandomMasking;
import io.tubelet.mask.TubeMasking;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.MaskedAutoencoderConfig;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.VitSize;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.optim.AdamW;
import io.tubelet.optim.AdamWConfig;
import io.tubelet.optim.WeightDecayRule;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.PretrainTask;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One whole update of a ViT-B on two clips of 16 x 224 x 224 with 90 % hidden: bytes to tokens,
 * forward, backward, AdamW. Seconds an update; halve them for seconds a clip.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class PretrainStepBenchmark {
  private static final ClipShape CLIP = new ClipShape(16, 224, 224, 2, 16);
  private static final int BATCH = 2;
  private static final double LEARNING_RATE = 1e-4;

  /** Whose model, mask and target. */
  public enum Family {
    VIDEO_MAE,
    MAE_ST
  }

  @Param Family family = Family.VIDEO_MAE;
  @Param Precision precision = Precision.FP32;

  private MaskedAutoencoder model;
  private AdamW optimizer;
  private PretrainTask task;
  private Batch batch;

  @Setup
  public void build() {
    boolean videoMae = family == Family.VIDEO_MAE;
    MaskedAutoencoderConfig config =
        videoMae
            ? MaskedAutoencoderConfig.videoMae(CLIP, VitSize.BASE, 4)
            : MaskedAutoencoderConfig.maeSt(CLIP, VitSize.BASE, 4, 8);
    model = MaskedAutoencoder.fresh(config, new Compute(precision, Placement.CPU), 0);
    WeightDecayRule rule =
        videoMae ? WeightDecayRule.SPARE_VECTORS_AND_TOKENS : WeightDecayRule.SPARE_VECTORS;
    optimizer =
        new AdamW(
            model.parameters(),
            rule.groups(model.parameters(), 0.05),
            new AdamWConfig(0.9, 0.95, 1e-8, 0.02));
    task =
        new PretrainTask(
            new Reconstruction(
                config.predicted(),
                videoMae ? PixelTarget.CHANNEL_NORMALISED : PixelTarget.PATCH_NORMALISED,
                videoMae ? PixelNorm.IMAGENET : PixelNorm.GREY),
            Placement.CPU);
    batch = batch(videoMae ? new TubeMasking(0.9) : new RandomMasking(0.9));
  }

  private static Batch batch(Masking masking) {
    SplittableRandom rng = new SplittableRandom(0);
    byte[] pixels = new byte[BATCH * CLIP.bytes()];
    rng.nextBytes(pixels);
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      masks.add(masking.draw(CLIP, rng));
    }
    return new Batch(CLIP, pixels, masks, List.of(), Cursor.START);
  }

  @Benchmark
  public void update() {
    try (var scope = new TensorScope()) {
      optimizer.zeroGrad();
      Tensor loss = task.loss(model, batch);
      loss.backward();
      optimizer.step(LEARNING_RATE, loss.detach(), optimizer.gradNorm());
    }
  }

  @TearDown
  public void free() {
    optimizer.close();
    model.close();
  }
}
