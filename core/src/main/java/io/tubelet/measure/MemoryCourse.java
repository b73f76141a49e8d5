package io.tubelet.measure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How memory went while clips were read.
 *
 * @param loading what was read
 * @param samples at equal distances, the first of them before the first clip
 */
public record MemoryCourse(LoadingCase loading, List<MemorySample> samples) {
  /** Of the clips, what comes before memory is expected to be level. */
  private static final double SETTLING = 0.2;

  public MemoryCourse {
    samples = List.copyOf(samples);
  }

  /** What follows from it, in words. */
  public String describe() {
    List<MemorySample> level = level();
    OptionalDouble slope = slope();
    OptionalLong objects = level.get(0).nativeObjects();
    return "from clip %,d to clip %,d: resident memory %s; native objects %s"
        .formatted(
            level.get(0).clips(),
            level.get(level.size() - 1).clips(),
            slope.isPresent()
                ? "%+.1f bytes a clip, fitted".formatted(slope.getAsDouble())
                : "unknown",
            objects.isPresent() ? objects() : "not counted");
  }

  private String objects() {
    var spread = level().stream().mapToLong(s -> s.nativeObjects().orElse(0)).summaryStatistics();
    return spread.getMin() == spread.getMax()
        ? "always " + spread.getMin()
        : "%d to %d".formatted(spread.getMin(), spread.getMax());
  }

  /** Samples after settling. */
  private List<MemorySample> level() {
    long end = samples.get(samples.size() - 1).clips();
    return samples.stream().filter(s -> s.clips() >= SETTLING * end).toList();
  }

  /** Bytes of resident memory that a clip adds, by least squares over the clips after settling. */
  OptionalDouble slope() {
    List<MemorySample> level = level();
    if (level.size() < 2 || level.stream().anyMatch(s -> s.resident().isEmpty())) {
      return OptionalDouble.empty();
    }
    double clips = level.stream().mapToDouble(MemorySample::clips).average().orElse(0);
    double bytes = level.stream().mapToDouble(s -> s.resident().orElse(0)).average().orElse(0);
    double both = 0;
    double square = 0;
    for (MemorySample sample : level) {
      double x = sample.clips() - clips;
      both += x * (sample.resident().orElse(0) - bytes);
      square += x * x;
    }
    return square == 0 ? OptionalDouble.empty() : OptionalDouble.of(both / square);
  }
}
