package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.config.PretrainConfig;
import io.tubelet.model.PredictedFrames;
import io.tubelet.objective.HogTarget;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Reconstruction;
import io.tubelet.objective.TargetValues;
import io.tubelet.objective.TeacherTarget;
import io.tubelet.objective.TokenTarget;
import io.tubelet.tensor.Placement;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a pre-training predicts and how that is scored, with the teacher or tokenizer that it may
 * need.
 */
final class PretrainObjective implements AutoCloseable {
  private final Reconstruction reconstruction;
  private final @Nullable FrozenEncoder teacher;
  private final @Nullable FrozenTokenizer tokenizer;

  /**
   * Opens the teacher or the tokenizer, where there is one.
   *
   * @throws IllegalArgumentException when the teacher does not look at the same clips, or the
   *     tokenizer has another vocabulary
   */
  PretrainObjective(PretrainConfig config, Placement placement) throws IOException {
    PredictedFrames frames = config.model().predicted();
    teacher =
        config.target() instanceof TeacherTarget target ? open(target, config, placement) : null;
    tokenizer =
        config.target() instanceof TokenTarget target
            ? FrozenTokenizer.open(target, placement)
            : null;
    reconstruction =
        new Reconstruction(frames, values(config, frames), config.pixels(), config.loss());
  }

  private TargetValues values(PretrainConfig config, PredictedFrames frames) {
    if (config.target() instanceof PixelTarget pixels) {
      return pixels.values(frames, config.pixels());
    }
    if (config.target() instanceof TeacherTarget target && teacher != null) {
      return target.values(frames, teacher::latents);
    }
    if (config.target() instanceof TokenTarget target && tokenizer != null) {
      return target.values(frames, tokenizer::words);
    }
    return new HogTarget().values(frames);
  }

  private static FrozenEncoder open(
      TeacherTarget target, PretrainConfig config, Placement placement) throws IOException {
    FrozenEncoder teacher =
        FrozenEncoder.open(Path.of(target.checkpoint()), config.train().compute(placement), true);
    try {
      requireFits(teacher, target, config.model().clip());
      return teacher;
    } catch (IllegalArgumentException e) {
      teacher.close();
      throw e;
    }
  }

  private static void requireFits(FrozenEncoder teacher, TeacherTarget target, ClipShape clip) {
    if (!teacher.clip().equals(clip)) {
      throw new IllegalArgumentException(
          "target.checkpoint: the teacher %s looks at %s, the model at %s: they must be the same"
              .formatted(target.checkpoint(), teacher.clip(), clip));
    }
    if (teacher.width() != target.width()) {
      throw new IllegalArgumentException(
          "target.width must be %d, the channels of %s, got %d"
              .formatted(teacher.width(), target.checkpoint(), target.width()));
    }
  }

  Reconstruction reconstruction() {
    return reconstruction;
  }

  @Override
  public void close() {
    if (teacher != null) {
      teacher.requireUnchanged();
      teacher.close();
    }
    if (tokenizer != null) {
      tokenizer.close();
    }
  }
}
