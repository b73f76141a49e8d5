package io.tubelet.synthetic;

import java.util.Locale;

/** How a shape moves: the classes of the data set. */
public enum Motion {
  LEFT {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x() - DISTANCE * c.pace() * t, c.y(), c.angle(), 1);
    }
  },
  RIGHT {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x() + DISTANCE * c.pace() * t, c.y(), c.angle(), 1);
    }
  },
  UP {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x(), c.y() - DISTANCE * c.pace() * t, c.angle(), 1);
    }
  },
  DOWN {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x(), c.y() + DISTANCE * c.pace() * t, c.angle(), 1);
    }
  },
  CLOCKWISE {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x(), c.y(), c.angle() + TURNS * c.pace() * t, 1);
    }
  },
  COUNTERCLOCKWISE {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x(), c.y(), c.angle() - TURNS * c.pace() * t, 1);
    }
  },
  GROW {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x(), c.y(), c.angle(), StrictMath.pow(ZOOM, c.pace() * (t - 0.5)));
    }
  },
  SHRINK {
    @Override
    Pose at(double t, Course c) {
      return new Pose(c.x(), c.y(), c.angle(), StrictMath.pow(ZOOM, c.pace() * (0.5 - t)));
    }
  },
  /** Parabolas against an unseen floor, two a clip. */
  BOUNCE {
    @Override
    Pose at(double t, Course c) {
      double fall = (2 * t + c.phase()) % 1;
      return new Pose(c.x(), c.y() - HEIGHT * c.pace() * 4 * fall * (1 - fall), c.angle(), 1);
    }
  },
  /** Once around a circle, either way, without turning. */
  ORBIT {
    @Override
    Pose at(double t, Course c) {
      double turns = c.phase() + c.sense() * t;
      double radius = RADIUS * c.pace();
      return new Pose(
          c.x() + radius * Wave.cosine(turns), c.y() + radius * Wave.sine(turns), c.angle(), 1);
    }
  };

  private static final double DISTANCE = 0.9;
  private static final double TURNS = 0.7;
  private static final double ZOOM = 2.4;
  private static final double HEIGHT = 0.4;
  private static final double RADIUS = 0.24;

  /** The pose at {@code t}, 0 at the first frame and 1 after the last. */
  abstract Pose at(double t, Course course);

  /** The name of the class, as in its folder. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
