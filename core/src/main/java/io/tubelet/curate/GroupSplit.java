package io.tubelet.curate;

import io.tubelet.data.DataException;
import io.tubelet.dataset.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A division of videos into lists that have no source in common.
 *
 * <p>Groups are dealt out whole, the largest first and equals in an order drawn from the seed; each
 * goes to the list that still lacks most: of the group's classes, and of videos at all. So classes
 * and lists come as close to the shares as the groups allow.
 *
 * @param names of the lists
 * @param sides the videos of each, in the order in which they were listed
 * @param groups how many groups each has
 */
public record GroupSplit(List<String> names, List<List<ListedVideo>> sides, List<Integer> groups) {

  /**
   * Divides the videos of a list.
   *
   * @param by a word or a regular expression of {@link Grouping#parse}, or {@code column:NAME} of a
   *     table
   * @throws DataException where a video belongs to no group, or there are fewer groups than lists
   */
  public static GroupSplit of(Path list, String by, SplitShares shares, long seed)
      throws IOException {
    Map<String, List<ListedVideo>> groups =
        by.startsWith("column:")
            ? VideoTable.read(list, by.substring("column:".length())).groups()
            : Grouping.parse(by).groups(present(list));
    return of(groups, shares, seed);
  }

  private static List<ListedVideo> present(Path list) throws IOException {
    List<ListedVideo> videos = ListedVideo.read(list, ReadOptions.TRAINING);
    for (ListedVideo video : videos) {
      if (video.file() == null) {
        throw new DataException(
            "%s: no such file: %s; 'tubelet data verify' finds all of them"
                .formatted(list, video.name()));
      }
    }
    return videos;
  }

  static GroupSplit of(Map<String, List<ListedVideo>> groups, SplitShares shares, long seed)
      throws DataException {
    int sides = shares.shares().size();
    if (groups.size() < sides) {
      throw new DataException(
          "%d lists need at least as many groups, but there are %d: %s"
              .formatted(sides, groups.size(), String.join(", ", groups.keySet())));
    }
    ClassBalance balance = new ClassBalance(groups.values(), shares.shares());
    List<List<List<ListedVideo>>> dealt = new ArrayList<>();
    for (int side = 0; side < sides; side++) {
      dealt.add(new ArrayList<>());
    }
    int left = groups.size();
    for (List<ListedVideo> group : inDealingOrder(groups, seed)) {
      int side = neediest(group, balance, dealt, left--);
      dealt.get(side).add(group);
      balance.deal(group, side);
    }
    return inOrder(groups, shares, dealt);
  }

  private static List<List<ListedVideo>> inDealingOrder(
      Map<String, List<ListedVideo>> groups, long seed) {
    // By name first: the same split for the same videos listed in another order.
    List<List<ListedVideo>> order = new ArrayList<>(new TreeMap<>(groups).values());
    SplittableRandom rng = new SplittableRandom(seed);
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, rng.nextInt(i + 1));
    }
    order.sort(Comparator.comparingInt((List<ListedVideo> group) -> group.size()).reversed());
    return order;
  }

  /** The side that the group helps most; an empty one where no more groups are left than those. */
  private static int neediest(
      List<ListedVideo> group,
      ClassBalance balance,
      List<List<List<ListedVideo>>> dealt,
      int left) {
    long empty = dealt.stream().filter(List::isEmpty).count();
    int best = -1;
    for (int side = 0; side < dealt.size(); side++) {
      if (left <= empty && !dealt.get(side).isEmpty()) {
        continue;
      }
      if (best < 0 || balance.need(group, side) > balance.need(group, best)) {
        best = side;
      }
    }
    return best;
  }

  private static GroupSplit inOrder(
      Map<String, List<ListedVideo>> groups,
      SplitShares shares,
      List<List<List<ListedVideo>>> dealt) {
    Map<ListedVideo, Integer> place = new HashMap<>();
    groups.values().forEach(group -> group.forEach(v -> place.putIfAbsent(v, place.size())));
    List<List<ListedVideo>> sides = new ArrayList<>();
    for (List<List<ListedVideo>> side : dealt) {
      List<ListedVideo> videos = new ArrayList<>();
      side.forEach(videos::addAll);
      videos.sort(Comparator.comparing(place::get));
      sides.add(videos);
    }
    return new GroupSplit(shares.names(), sides, dealt.stream().map(List::size).toList());
  }

  /** Videos of each class on each side; null stands for videos without a label. */
  public Map<@Nullable Integer, int[]> counts() {
    Map<@Nullable Integer, int[]> counts =
        new TreeMap<>(Comparator.nullsFirst(Comparator.<Integer>naturalOrder()));
    for (int side = 0; side < sides.size(); side++) {
      for (ListedVideo video : sides.get(side)) {
        counts.computeIfAbsent(video.label(), l -> new int[sides.size()])[side]++;
      }
    }
    return counts;
  }

  /**
   * Writes {@code NAME.csv} for each side, with the source's class names.
   *
   * @throws DataException when there is one of them already
   */
  public void write(Path source, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : names) {
      WrittenList.requireNew(list(folder, name));
    }
    for (int side = 0; side < sides.size(); side++) {
      WrittenList.write(list(folder, names.get(side)), sides.get(side));
    }
    WrittenList.copyClasses(source, folder);
  }

  private static Path list(Path folder, String name) {
    return folder.resolve(name + ".csv");
  }
}
