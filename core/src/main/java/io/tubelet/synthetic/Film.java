package io.tubelet.synthetic;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.clip.Size;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A film of any size and length, for measuring how video is read. Below a plain sky a camera pans
 * over a patterned ground, a disc crosses it the other way, and every picture has grain of its own
 * as from a sensor: encoders have motion to follow and something left over, as in footage.
 *
 * <p>The sky rests because OpenH264 takes a picture that changes nearly everywhere for a new scene
 * and begins a group with it, whatever was asked for.
 */
public final class Film {
  /** Of the picture's width: how far the camera swings, and in how many pictures. */
  private static final double SWING = 0.15;

  private static final double PERIOD = 160;
  private static final double SKY = 0.25; // of the picture's height
  private static final byte SKY_LEVEL = (byte) 200;
  private static final double DISC_RADIUS = 0.22; // of the picture's height
  private static final int ROUGHNESS = 9; // of the ground, in levels

  private final Size size;
  private final long seed;
  private final byte[] ground;
  private final byte[] skin; // of the disc, as large as the picture

  /** Paints the ground; the same seed gives the same film. */
  public Film(Size size, long seed) {
    this.size = size;
    this.seed = seed;
    SplittableRandom rng = new SplittableRandom(seed);
    ground = pattern(rng, 5);
    skin = pattern(rng, 9);
  }

  private byte[] pattern(SplittableRandom rng, double frequency) {
    Texture coarse = Texture.draw(rng, frequency, colour(rng), colour(rng));
    Texture fine = Texture.draw(rng, 6 * frequency, colour(rng), colour(rng));
    byte[] rgb = new byte[size.height() * size.width() * ClipShape.CHANNELS];
    double[] colour = new double[ClipShape.CHANNELS];
    int at = 0;
    for (int row = 0; row < size.height(); row++) {
      for (int column = 0; column < size.width(); column++) {
        double u = (double) column / size.height();
        double v = (double) row / size.height();
        colour[0] = colour[1] = colour[2] = rng.nextInt(2 * ROUGHNESS + 1) - ROUGHNESS;
        coarse.add(u, v, 0.75, colour);
        fine.add(u, v, 0.25, colour);
        for (double level : colour) {
          rgb[at++] = (byte) Math.min(255, Math.max(0, Math.round(level)));
        }
      }
    }
    return rgb;
  }

  private static float[] colour(SplittableRandom rng) {
    return new float[] {rng.nextInt(20, 236), rng.nextInt(20, 236), rng.nextInt(20, 236)};
  }

  /** Writes the first {@code frames} pictures. */
  public void write(Path file, int frames, EncodeOptions options) throws VideoException {
    Frames picture = new Frames(1, size.height(), size.width(), new byte[ground.length]);
    try (VideoWriter writer = VideoWriter.create(file, size.height(), size.width(), options)) {
      for (int t = 0; t < frames; t++) {
        paint(t, picture.rgb());
        writer.write(picture);
      }
      writer.finish();
    }
  }

  /** Paints picture {@code number}, {@code [H, W, 3]}. */
  void paint(int number, byte[] rgb) {
    double turns = number / PERIOD;
    int across = (int) (SWING * size.width() * Wave.sine(turns));
    int down = (int) (SWING * size.height() * Wave.cosine(1.3 * turns));
    int horizon = (int) (SKY * size.height());
    Arrays.fill(rgb, 0, horizon * size.width() * ClipShape.CHANNELS, SKY_LEVEL);
    for (int row = horizon; row < size.height(); row++) {
      copy(ground, Math.floorMod(row + down, size.height()), across, rgb, row);
    }
    disc(turns, rgb);
    grain(number, rgb);
  }

  /** A row of a pattern whose opposite edges touch, {@code across} columns further on. */
  private void copy(byte[] pattern, int from, int across, byte[] rgb, int to) {
    int rowBytes = size.width() * ClipShape.CHANNELS;
    int shift = Math.floorMod(across, size.width()) * ClipShape.CHANNELS;
    System.arraycopy(pattern, from * rowBytes + shift, rgb, to * rowBytes, rowBytes - shift);
    System.arraycopy(pattern, from * rowBytes, rgb, (to + 1) * rowBytes - shift, shift);
  }

  private void disc(double turns, byte[] rgb) {
    int radius = (int) (DISC_RADIUS * size.height());
    int x = (int) (size.width() * (0.5 - 0.3 * Wave.sine(turns + 0.1)));
    int y = (int) (size.height() * (0.6 - 0.15 * Wave.cosine(2 * turns)));
    for (int row = Math.max(0, y - radius); row < Math.min(size.height(), y + radius); row++) {
      int half = (int) Math.sqrt((double) radius * radius - (row - y) * (row - y));
      int left = Math.max(0, x - half);
      int right = Math.min(size.width(), x + half);
      if (right > left) {
        int to = (row * size.width() + left) * ClipShape.CHANNELS;
        int from = ((row - y + radius) * size.width() + left - x + half) * ClipShape.CHANNELS;
        System.arraycopy(skin, from, rgb, to, (right - left) * ClipShape.CHANNELS);
      }
    }
  }

  /** Brightens and darkens every pixel by up to three levels, most of them by less. */
  private void grain(int number, byte[] rgb) {
    long state = new SplittableRandom(seed + number).nextLong() | 1;
    for (int at = 0; at < rgb.length; at += ClipShape.CHANNELS) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      int change = (int) (state & 3) + (int) (state >>> 8 & 3) - 3;
      for (int c = at; c < at + ClipShape.CHANNELS; c++) {
        rgb[c] = (byte) Math.min(255, Math.max(0, (rgb[c] & 0xFF) + change));
      }
    }
  }
}
