package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.VideoClassifier;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.Arrays;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * From the bytes of clips to probabilities, without gradients.
 *
 * @param threads that share the clips of a batch
 */
record Classification(
    VideoClassifier model, PixelNorm pixels, Placement placement, ComputeThreads threads) {

  /**
   * Probabilities of the classes.
   *
   * @param clips uint8 RGB, {@code [B, T, H, W, 3]}
   * @param count B; 0 gives nothing
   * @return {@code [B][C]}
   */
  float[][] probabilities(byte[] clips, int count) {
    if (count == 0) {
      return new float[0][];
    }
    try (var scope = new TensorScope()) {
      ClipShape shape = model.config().clip();
      Tensor bytes =
          HostArrays.ofBytes(
              clips, count, shape.frames(), shape.height(), shape.width(), ClipShape.CHANNELS);
      return threads.divide(count, (part, from, to) -> probabilities(bytes, from, to)).stream()
          .flatMap(Arrays::stream)
          .toArray(float[][]::new);
    }
  }

  /** Of some clips of {@code [B, T, H, W, 3]} uint8. */
  private float[][] probabilities(Tensor batch, int from, int to) {
    try (var scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor clips = batch.narrow(0, from, to - from);
      Tensor tokens =
          new Patchify(model.config().clip())
              .tokens(clips.to(placement.device(), clips.scalar_type())); // [B, N, P]
      Tensor logits = model.logits(pixels.normalise(tokens)); // [B, C]
      return HostArrays.toRows(torch.softmax(logits, 1));
    }
  }
}
