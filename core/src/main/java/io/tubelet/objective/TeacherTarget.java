package io.tubelet.objective;

import io.tubelet.model.PredictedFrames;
import io.tubelet.model.TokenMasks;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a frozen encoder makes of the hidden tokens when it sees the whole clip, beyond both papers:
 * its latents after the last norm, each token's brought to mean 0 and variance 1 over its channels.
 *
 * @param checkpoint a run's folder, or weights of any source that can be read
 * @param width channels of its tokens
 */
public record TeacherTarget(String checkpoint, int width) implements Target {

  public TeacherTarget {
    if (checkpoint.isBlank()) {
      throw new IllegalArgumentException(
          "target.checkpoint must name the weights of the teacher, got nothing");
    }
    if (width < 1) {
      throw new IllegalArgumentException("target.width must be at least 1, got " + width);
    }
  }

  /** An encoder that learns nothing. */
  @FunctionalInterface
  public interface Teacher {
    /** All tokens' pixels {@code [B, N, P]} as bytes, to latents {@code [B, N, D]}. */
    Tensor latents(Tensor tokens);
  }

  @Override
  public int valuesPerToken(PredictedFrames frames) {
    return width;
  }

  /** Computes it; in a step of training, without gradients of the teacher. */
  public TargetValues values(PredictedFrames frames, Teacher teacher) {
    return (tokens, masks) -> {
      Tensor latents = teacher.latents(frames.seen(tokens)); // [B, N, D]
      Tensor hidden = TokenMasks.pick(latents, masks.hidden()); // [B, M, D]
      return torch.layer_norm(hidden.to(ScalarType.Float), width);
    };
  }

  @Override
  public String describe(PredictedFrames frames) {
    return "features of " + checkpoint;
  }
}
