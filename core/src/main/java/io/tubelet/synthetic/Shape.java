package io.tubelet.synthetic;

/** Outlines that fit the unit circle. */
enum Shape {
  DISC {
    @Override
    double distance(double u, double v) {
      return Math.sqrt(u * u + v * v) - 1;
    }
  },
  SQUARE {
    @Override
    double distance(double u, double v) {
      return Math.max(Math.abs(u), Math.abs(v)) - 0.75;
    }
  },
  TRIANGLE {
    @Override
    double distance(double u, double v) {
      double slanted = Math.abs(u) * HALF_ROOT_3 - v * 0.5;
      return Math.max(slanted, v) - 0.5;
    }
  },
  RING {
    @Override
    double distance(double u, double v) {
      return Math.abs(Math.sqrt(u * u + v * v) - 0.7) - 0.3;
    }
  },
  CROSS {
    @Override
    double distance(double u, double v) {
      double across = Math.max(Math.abs(u) - 0.95, Math.abs(v) - 0.36);
      double down = Math.max(Math.abs(v) - 0.95, Math.abs(u) - 0.36);
      return Math.min(across, down);
    }
  },
  HEXAGON {
    @Override
    double distance(double u, double v) {
      double slanted = Math.abs(u) * HALF_ROOT_3 + Math.abs(v) * 0.5;
      return Math.max(slanted, Math.abs(v)) - 0.85;
    }
  },
  BAR {
    @Override
    double distance(double u, double v) {
      double along = Math.max(Math.abs(u) - 0.6, 0);
      return Math.sqrt(along * along + v * v) - 0.4;
    }
  };

  private static final double HALF_ROOT_3 = Math.sqrt(3) / 2;

  /** How far outside the outline a point is; negative inside. */
  abstract double distance(double u, double v);
}
