package io.tubelet.run;

import io.tubelet.convert.TokenizerWeights;
import io.tubelet.objective.TokenTarget;
import io.tubelet.probe.BackboneDigest;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Precision;
import io.tubelet.tokenizer.FrameTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;

/**
 * A tokenizer whose words are predicted, and which learns nothing itself. It computes in float32:
 * which of two words is the better is told by the last digits.
 */
final class FrozenTokenizer implements AutoCloseable {
  private final FrameTokenizer tokenizer;
  private final BackboneDigest before;

  private FrozenTokenizer(FrameTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    before = BackboneDigest.of(tokenizer.encoder().parameters());
  }

  /**
   * Opens the tokenizer of a target.
   *
   * @throws IllegalArgumentException when it has another vocabulary
   */
  static FrozenTokenizer open(TokenTarget target, Placement placement) throws IOException {
    Compute compute = new Compute(Precision.FP32, placement);
    FrameTokenizer tokenizer =
        new FrameTokenizer(TokenizerWeights.encoder(Path.of(target.tokenizer()), compute));
    if (tokenizer.vocabulary() != target.vocabulary()) {
      int words = tokenizer.vocabulary();
      tokenizer.close();
      throw new IllegalArgumentException(
          "target.vocabulary must be %d, the words of %s, got %d"
              .formatted(words, target.tokenizer(), target.vocabulary()));
    }
    return new FrozenTokenizer(tokenizer);
  }

  /** As {@link FrameTokenizer#words}. */
  Tensor words(Tensor frames, int rows, int columns) {
    return tokenizer.words(frames, rows, columns);
  }

  /** Also proves that it stayed as it was. */
  @Override
  public void close() {
    before.requireUnchanged(tokenizer.encoder().parameters());
    tokenizer.close();
  }
}
