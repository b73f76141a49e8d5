package io.tubelet.synthetic;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import java.util.List;
import java.util.random.RandomGenerator;

/** How one clip looks, and its painting; drawn without knowing the motion. */
final class Scene {
  private static final List<Shape> SHAPES = List.of(Shape.values());
  private static final double SHADE = 0.3; // how much darker a shape's rim is than its middle

  private final Shape shape;
  private final Texture skin;
  private final Texture ground;
  private final double radius;
  private final double driftX;
  private final double driftY;
  private final Course course;

  private Scene(
      Shape shape,
      Texture skin,
      Texture ground,
      double radius,
      double driftX,
      double driftY,
      Course course) {
    this.shape = shape;
    this.skin = skin;
    this.ground = ground;
    this.radius = radius;
    this.driftX = driftX;
    this.driftY = driftY;
    this.course = course;
  }

  static Scene draw(RandomGenerator rng) {
    Shape shape = SHAPES.get(rng.nextInt(SHAPES.size()));
    boolean lightOnDark = rng.nextBoolean();
    Texture skin = Texture.draw(rng, 0.8, vivid(rng, lightOnDark), vivid(rng, lightOnDark));
    Texture ground = Texture.draw(rng, 2.2, pale(rng, !lightOnDark), pale(rng, !lightOnDark));
    double radius = rng.nextDouble(0.2, 0.3);
    double heading = rng.nextDouble();
    double drift = rng.nextDouble(0.05, 0.3); // of the picture's width, over the clip
    return new Scene(
        shape,
        skin,
        ground,
        radius,
        drift * Wave.cosine(heading),
        drift * Wave.sine(heading),
        Course.draw(rng));
  }

  private static float[] vivid(RandomGenerator rng, boolean light) {
    return colour(rng, 0.75, light ? 0.98 : 0.55);
  }

  private static float[] pale(RandomGenerator rng, boolean light) {
    return colour(rng, 0.35, light ? 0.9 : 0.45);
  }

  /** Any hue, with about this saturation and value; red, green, blue of 0 to 255. */
  private static float[] colour(RandomGenerator rng, double saturation, double value) {
    double hue = rng.nextDouble();
    double s = saturation * rng.nextDouble(0.8, 1.2);
    double v = 255 * value * rng.nextDouble(0.75, 1.05);
    float[] rgb = new float[3];
    for (int c = 0; c < 3; c++) {
      double tint = 0.5 + 0.5 * Wave.cosine(hue - c / 3.0);
      rgb[c] = (float) (v * (1 - s + s * tint));
    }
    return rgb;
  }

  /** Paints the whole clip, {@code [count, size, size, 3]}. */
  Frames paint(Motion motion, int count, int size) {
    byte[] rgb = new byte[count * size * size * ClipShape.CHANNELS];
    for (int t = 0; t < count; t++) {
      double time = (double) t / count;
      paint(motion.at(time, course), time, size, rgb, t * size * size * ClipShape.CHANNELS);
    }
    return new Frames(count, size, size, rgb);
  }

  private void paint(Pose pose, double time, int size, byte[] rgb, int offset) {
    double reach = radius * pose.scale();
    double cos = Wave.cosine(pose.angle());
    double sin = Wave.sine(pose.angle());
    double[] colour = new double[3];
    int at = offset;
    for (int row = 0; row < size; row++) {
      double y = (row + 0.5) / size;
      double dy = wrapped(y - pose.y());
      for (int column = 0; column < size; column++) {
        double x = (column + 0.5) / size;
        double dx = wrapped(x - pose.x());
        double u = (cos * dx + sin * dy) / reach; // the shape's own axes
        double v = (cos * dy - sin * dx) / reach;
        double cover = 0.5 - shape.distance(u, v) * reach * size; // one soft pixel at the rim
        cover = Math.min(1, Math.max(0, cover));
        colour[0] = colour[1] = colour[2] = 0;
        if (cover < 1) {
          ground.add(x + driftX * time, y + driftY * time, 1 - cover, colour);
        }
        if (cover > 0) {
          double light = 1 - SHADE * Math.min(1, u * u + v * v);
          skin.add(u, v, cover * light, colour);
        }
        for (int c = 0; c < 3; c++) {
          rgb[at++] = (byte) Math.min(255, Math.max(0, Math.round(colour[c])));
        }
      }
    }
  }

  /** The shortest way on a picture whose opposite edges touch. */
  private static double wrapped(double distance) {
    return distance - Math.floor(distance + 0.5);
  }
}
