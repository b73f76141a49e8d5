package io.tubelet.curate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many videos each list still lacks: of every class, and of all together. */
final class ClassBalance {
  /** Videos without a label count as a class of their own. */
  private static final int UNLABELLED = -1;

  private final Map<Integer, Lack> classes = new HashMap<>();
  private final Lack all;
  private final List<Double> shares;

  /**
   * What is lacking of some videos.
   *
   * @param missing per list; below 0 where it has more than its share
   * @param total of the videos
   */
  private record Lack(double[] missing, int total) {
    static Lack of(int total, List<Double> shares) {
      return new Lack(shares.stream().mapToDouble(share -> share * total).toArray(), total);
    }

    /** As a share of all of them, so that small classes count as much as large ones. */
    double share(int side) {
      return missing[side] / total;
    }
  }

  /** All of {@code groups} are still to be dealt out. */
  ClassBalance(Collection<List<ListedVideo>> groups, List<Double> shares) {
    this.shares = shares;
    Map<Integer, Integer> counts = new HashMap<>();
    groups.forEach(group -> group.forEach(v -> counts.merge(label(v), 1, Integer::sum)));
    counts.forEach((label, count) -> classes.put(label, Lack.of(count, shares)));
    all = Lack.of(groups.stream().mapToInt(List::size).sum(), shares);
  }

  /**
   * How much a list lacks of what a group has: of its classes, as a share of those; and of all
   * videos, as a share of what it is to have, so that a small list is not filled last.
   */
  double need(List<ListedVideo> group, int side) {
    double ofClasses = 0;
    for (Lack lack : lacks(group)) {
      ofClasses += lack.share(side);
    }
    return ofClasses / group.size() + all.share(side) / shares.get(side);
  }

  /** A list gets a group. */
  void deal(List<ListedVideo> group, int side) {
    lacks(group).forEach(lack -> lack.missing()[side]--);
    all.missing()[side] -= group.size();
  }

  /** One for each video. */
  private List<Lack> lacks(List<ListedVideo> group) {
    List<Lack> lacks = new ArrayList<>(group.size());
    for (ListedVideo video : group) {
      Lack lack = classes.get(label(video));
      if (lack == null) {
        throw new IllegalStateException(video.name() + " was not among the videos to be dealt out");
      }
      lacks.add(lack);
    }
    return lacks;
  }

  private static int label(ListedVideo video) {
    Integer label = video.label();
    return label == null ? UNLABELLED : label;
  }
}
