package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.VideoClassifier;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import java.util.Arrays;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** From the bytes of clips to probabilities, without gradients. */
record Classification(VideoClassifier model, PixelNorm pixels, Placement placement) {

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
    try (var scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      Tensor logits = model.logits(pixels.normalise(tokens(clips, count))); // [B, C]
      float[] flat = HostArrays.toFloats(torch.softmax(logits, 1));
      int classes = flat.length / count;
      float[][] rows = new float[count][];
      for (int i = 0; i < count; i++) {
        rows[i] = Arrays.copyOfRange(flat, i * classes, (i + 1) * classes);
      }
      return rows;
    }
  }

  /** {@code [B, N, P]} uint8, on the model's device. */
  private Tensor tokens(byte[] clips, int count) {
    ClipShape shape = model.config().clip();
    Tensor bytes =
        HostArrays.ofBytes(clips, count, shape.frames(), shape.height(), shape.width(), 3);
    return new Patchify(shape).tokens(bytes.to(placement.device(), bytes.scalar_type()));
  }
}
