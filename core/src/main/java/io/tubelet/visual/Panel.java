package io.tubelet.visual;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.Arrays;

/** One way to look at a reconstruction; all have the size of the clip. */
public enum Panel {
  ORIGINAL("original") {
    @Override
    public Frames of(ReconstructedClip r) {
      return r.original();
    }
  },

  /** What the model saw; hidden tokens are grey. */
  MASKED("masked") {
    @Override
    public Frames of(ReconstructedClip r) {
      byte[] grey = new byte[r.shape().bytes()];
      Arrays.fill(grey, PredictedPixels.GREY);
      return overlaid(grey, r.original(), r.mask().visible(), r.shape());
    }
  },

  /** What the model saw, with its prediction for the rest. */
  RECONSTRUCTION("reconstruction") {
    @Override
    public Frames of(ReconstructedClip r) {
      return overlaid(r.prediction().rgb().clone(), r.original(), r.mask().visible(), r.shape());
    }
  },

  /** The prediction alone; visible tokens are grey. */
  PREDICTION("prediction only") {
    @Override
    public Frames of(ReconstructedClip r) {
      byte[] grey = new byte[r.shape().bytes()];
      Arrays.fill(grey, PredictedPixels.GREY);
      return overlaid(grey, r.prediction(), r.mask().hidden(), r.shape());
    }
  },

  /** Distance from original to reconstruction, from black over red to pale yellow. */
  ERROR("error ×" + Panel.AMPLIFICATION) {
    @Override
    public Frames of(ReconstructedClip r) {
      byte[] original = r.original().rgb();
      byte[] made = RECONSTRUCTION.of(r).rgb();
      byte[] rgb = new byte[original.length];
      for (int i = 0; i < rgb.length; i += ClipShape.CHANNELS) {
        int difference = 0;
        for (int c = 0; c < ClipShape.CHANNELS; c++) {
          difference += Math.abs((original[i + c] & 0xFF) - (made[i + c] & 0xFF));
        }
        int level = Math.min(255, AMPLIFICATION * difference / ClipShape.CHANNELS);
        HeatColours.put(level, rgb, i);
      }
      return new Frames(r.original().count(), r.original().height(), r.original().width(), rgb);
    }
  };

  private static final int AMPLIFICATION = 3;

  private final String label;

  Panel(String label) {
    this.label = label;
  }

  public abstract Frames of(ReconstructedClip r);

  /** For the reader of a picture. */
  public String label() {
    return label;
  }

  /** Copies the given tokens of {@code source} onto {@code rgb}. */
  private static Frames overlaid(byte[] rgb, Frames source, int[] tokens, ClipShape shape) {
    var grid = new TokenGrid(shape);
    for (int token : tokens) {
      int first = grid.slot(token) * shape.tube();
      for (int frame = first; frame < first + shape.tube(); frame++) {
        for (int r = 0; r < shape.patch(); r++) {
          int at = grid.offset(token, frame, r);
          System.arraycopy(source.rgb(), at, rgb, at, grid.rowBytes());
        }
      }
    }
    return new Frames(shape.frames(), shape.height(), shape.width(), rgb);
  }
}
