package io.tubelet.tokenizer;

import io.tubelet.clip.ClipShape;
import io.tubelet.nn.Layer;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An encoder that learns nothing, and says one word of each patch of a frame. As a word is of 8 x 8
 * pixels, frames cut into patches of p x p are resized by 8/p first: BEiT looks at 112 x 112 pixels
 * for patches of 16 of 224 x 224. It resizes by Lanczos's filter, we by a triangle.
 */
public final class FrameTokenizer implements AutoCloseable {
  /** Of the encoder's first results, the largest, of the pictures that are looked at together. */
  private static final long MOST_BYTES = 64L << 20;

  private final DvaeEncoder encoder;

  /** Takes the encoder over, and closes it. */
  public FrameTokenizer(DvaeEncoder encoder) {
    this.encoder = encoder;
  }

  /** Words that there are. */
  public int vocabulary() {
    return encoder.config().vocabulary();
  }

  /** The weights, which stay as they are. */
  public Layer encoder() {
    return encoder;
  }

  /**
   * The words of frames. For any thread.
   *
   * @param frames {@code [B, F, H, W, 3]}, bytes, or floats in [0, 1]
   * @param rows of patches, each of which becomes a word
   * @param columns of patches
   * @return {@code [B, F, rows, columns]} int64
   */
  public Tensor words(Tensor frames, int rows, int columns) {
    Shapes.require(frames, "frames", -1, -1, -1, -1, ClipShape.CHANNELS);
    long pictures = frames.size(0) * frames.size(1);
    Tensor flat = frames.flatten(0, 1); // [n, H, W, 3]
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      TensorVector parts = new TensorVector();
      long together = together(rows, columns);
      for (long from = 0; from < pictures; from += together) {
        parts.push_back(
            ofPictures(flat.narrow(0, from, Math.min(together, pictures - from)), rows, columns));
      }
      return scope.keep(torch.cat(parts, 0).reshape(frames.size(0), frames.size(1), rows, columns));
    }
  }

  private long together(int rows, int columns) {
    long pixels = (long) rows * columns * DvaeConfig.STRIDE * DvaeConfig.STRIDE;
    return Math.max(1, MOST_BYTES / (pixels * encoder.config().width() * Float.BYTES));
  }

  private Tensor ofPictures(Tensor frames, int rows, int columns) {
    try (TensorScope scope = new TensorScope()) { // the encoder's results are large
      boolean bytes = frames.scalar_type().intern() == ScalarType.Byte;
      Tensor numbers = frames.permute(0, 3, 1, 2).to(ScalarType.Float).contiguous();
      Tensor unit = bytes ? numbers.div_(new Scalar(255.0)) : numbers;
      Tensor resized =
          TriangleResizing.of(unit, rows * DvaeConfig.STRIDE, columns * DvaeConfig.STRIDE);
      return scope.keep(DiscreteVae.words(encoder, resized));
    }
  }

  @Override
  public void close() {
    encoder.close();
  }
}
