package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import io.tubelet.tokenizer.CodebookUse;
import io.tubelet.tokenizer.DiscreteVae;
import io.tubelet.visual.WordPicture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What a tokenizer is worth: pictures from the middle of videos, said in single words and painted
 * again.
 *
 * @param error mean squared error of the painted pictures' pixels in [0, 1]
 * @param meanError the same of pictures in the mean colour
 * @param use of the vocabulary
 * @param shown a few pictures, painted pictures and words
 */
public record TokenizerScore(
    double error, double meanError, CodebookUse use, List<WordPicture.Column> shown) {
  /** Videos that are looked at, spread over the list. */
  private static final int VIDEOS = 64;

  private static final int SHOWN = 8;

  /** What counts as learnt: an error at least this share below that of the mean colour. */
  static final double MARGIN = 0.2;

  /** Below so many words' worth of difference, pictures are not said in words at all. */
  static final double LEAST_PERPLEXITY = 2;

  /** Looks at the videos of a plan. */
  static TokenizerScore of(TokenizerPlan plan, DiscreteVae model, Placement placement)
      throws IOException {
    Sums sums = new Sums(model.config().vocabulary());
    for (Frames clip : new TokenizerPictures(plan).clips(VIDEOS)) {
      sums.add(model, clip, placement);
    }
    return sums.score();
  }

  /** Whether pictures can be told from their words. */
  public boolean learnt() {
    return error < (1 - MARGIN) * meanError && use.perplexity() >= LEAST_PERPLEXITY;
  }

  /** One sentence for a person. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%s: pictures painted from their words are off by %.4f, %.0f %% of the mean colour's %.4f;"
            + " %d of %d words are in use, perplexity %.1f.",
        learnt() ? "Learnt" : "Nothing learnt",
        error,
        100 * error / meanError,
        meanError,
        use.used(),
        use.counts().length,
        use.perplexity());
  }

  /** What is added up over videos. */
  private static final class Sums {
    private final long[] counts;
    private final double[] colours = new double[ClipShape.CHANNELS];
    private final List<WordPicture.Column> shown = new ArrayList<>();
    private double squares;
    private double errors;
    private long pixels; // of one colour

    Sums(int vocabulary) {
      counts = new long[vocabulary];
    }

    void add(DiscreteVae model, Frames clip, Placement placement) {
      try (var scope = new TensorScope();
          NoGradGuard noGrad = new NoGradGuard()) {
        Tensor unit = TokenizerPictures.unit(clip, placement); // [F, 3, H, W]
        DiscreteVae.Painted painted = model.paint(unit);
        errors += painted.unit().sub(unit).square().sum().item_double();
        squares += unit.square().sum().item_double();
        float[] ofColours =
            HostArrays.toFloats(unit.sum(new long[] {0, 2, 3}, false, new ScalarTypeOptional()));
        for (int c = 0; c < colours.length; c++) {
          colours[c] += ofColours[c];
        }
        pixels += unit.numel() / ClipShape.CHANNELS;
        long[] words = HostArrays.toLongs(painted.words());
        for (long word : words) {
          counts[(int) word]++;
        }
        if (shown.size() < SHOWN) {
          shown.add(column(clip, painted));
        }
      }
    }

    /** The first frame of a clip. */
    private static WordPicture.Column column(Frames clip, DiscreteVae.Painted painted) {
      Tensor first = painted.unit().select(0, 0).permute(1, 2, 0); // [H, W, 3]
      Tensor bytes = first.mul(new Scalar(255.0)).round_().to(ScalarType.Byte);
      int rows = (int) painted.words().size(1);
      int columns = (int) painted.words().size(2);
      long[] words = HostArrays.toLongs(painted.words().select(0, 0));
      return new WordPicture.Column(
          clip,
          new Frames(1, clip.height(), clip.width(), HostArrays.toBytes(bytes)),
          words,
          rows,
          columns);
    }

    TokenizerScore score() throws IOException {
      if (pixels == 0) {
        throw new IOException("none of the videos can be read");
      }
      double ofMean = squares;
      for (double colour : colours) {
        ofMean -= colour * colour / pixels;
      }
      double values = (double) pixels * ClipShape.CHANNELS;
      return new TokenizerScore(
          errors / values, ofMean / values, new CodebookUse(counts.clone()), shown);
    }
  }
}
