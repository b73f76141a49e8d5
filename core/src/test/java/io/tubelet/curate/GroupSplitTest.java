package io.tubelet.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSplitTest {
  private static final SplitShares SHARES = SplitShares.parse("0.7,0.2,0.1", "");

  private final Path folder;

  GroupSplitTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Four classes; each of 60 sources has one to five clips of one or two of them. */
  private static List<ListedVideo> videos() {
    SplittableRandom rng = new SplittableRandom(9);
    List<ListedVideo> videos = new ArrayList<>();
    for (int source = 0; source < 60; source++) {
      int first = rng.nextInt(4);
      int second = rng.nextInt(4);
      int clips = 1 + rng.nextInt(5);
      for (int clip = 0; clip < clips; clip++) {
        int label = clip % 2 == 0 ? first : second;
        String name = "class%d/v_x_g%02d_c%02d.mp4".formatted(label, source, clip);
        videos.add(new ListedVideo(name, Path.of("/data", name), label));
      }
    }
    return videos;
  }

  private static GroupSplit split(List<ListedVideo> videos, long seed) throws IOException {
    return GroupSplit.of(Grouping.parse("auto").groups(videos), SHARES, seed);
  }

  private static Set<String> groups(List<ListedVideo> videos) {
    Set<String> groups = new HashSet<>();
    videos.forEach(v -> groups.add(String.valueOf(Grouping.parse("auto").group(v.name()))));
    return groups;
  }

  @Test
  void split_anySeed_hasNoSourceOnTwoSidesAndEveryVideoOnce() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      GroupSplit split = split(videos(), seed);
      Set<String> seen = new HashSet<>();
      int count = 0;
      for (List<ListedVideo> side : split.sides()) {
        assertThat(Collections.disjoint(groups(side), seen)).isTrue();
        seen.addAll(groups(side));
        count += side.size();
      }
      assertThat(count).isEqualTo(videos().size());
    }
  }

  @Test
  void split_everyClass_keepsItsSharesWithinAFewClips() throws Exception {
    GroupSplit split = split(videos(), 3);
    double[] shares = {0.7, 0.2, 0.1};
    split
        .counts()
        .forEach(
            (label, counts) -> {
              int all = counts[0] + counts[1] + counts[2];
              for (int side = 0; side < 3; side++) {
                assertThat((double) counts[side])
                    .as("class %s, side %d of %d", label, side, all)
                    .isCloseTo(shares[side] * all, within(3.0));
              }
            });
  }

  @Test
  void split_classesOfThreeClips_stillKeepTheSharesOfAll() throws Exception {
    List<ListedVideo> few = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String name = "v_g%02d_c00.mp4".formatted(i);
      few.add(new ListedVideo(name, Path.of(name), i % 20));
    }
    assertThat(split(few, 1).sides().get(0)).hasSizeBetween(40, 44); // of 60, 0.7
    assertThat(split(few, 1).sides().get(2)).hasSizeBetween(5, 8);
  }

  @Test
  void split_sameSeed_isTheSameWhateverTheOrderOfTheList() throws Exception {
    List<ListedVideo> mixed = new ArrayList<>(videos());
    Collections.reverse(mixed);
    GroupSplit one = split(videos(), 5);
    GroupSplit other = split(mixed, 5);
    for (int side = 0; side < 3; side++) {
      assertThat(other.sides().get(side))
          .containsExactlyInAnyOrderElementsOf(one.sides().get(side));
    }
    assertThat(split(videos(), 6).sides()).isNotEqualTo(one.sides());
  }

  @ParameterizedTest
  @CsvSource({
    "UCF-101/Archery/v_Archery_g08_c01.avi, g08",
    "v_brush_hair_g042_c03.mp4, g042",
    "brush_hair/April_09_brush_hair_u_nm_np1_ba_goo_0.avi, April_09",
    "April_09_brush_hair_u_nm_np1_ba_goo_0.avi, April_09_brush_hair",
    "abseiling/0347ZoDXyP0_000095_000105.mp4, 0347ZoDXyP0",
  })
  void knownNames_ofEachDataSet_giveTheSource(String name, String source) {
    assertThat(Grouping.parse("auto").group(name)).isEqualTo(source);
  }

  @Test
  void patterns_withAndWithoutGroups_giveWhatTheyFind() {
    assertThat(Grouping.parse("film\\d+").group("x/film12_03.mp4")).isEqualTo("film12");
    assertThat(Grouping.parse("(film\\d+)_(\\d)").group("x/film12_03.mp4")).isEqualTo("film12|0");
    assertThat(Grouping.parse("folder").group("x/y/film12.mp4")).isEqualTo("x/y");
    assertThat(Grouping.parse("clip").group("x/y.mp4")).isEqualTo("x/y.mp4");
  }

  @Test
  void patterns_thatFindNothingOrAreNone_areRefused() {
    assertThatThrownBy(() -> Grouping.parse("nothing(\\d+)").groups(videos()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("%d of %<d videos".formatted(videos().size()))
        .hasMessageContaining("g00_c00.mp4");
    assertThatThrownBy(() -> Grouping.parse("(open"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--by")
        .hasMessageContaining("(open");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.8,0.1; '' ; add to 0.9",
        "1; '' ; two shares or more",
        "0.5,half; '' ; half",
        "1.5,-0.5; '' ; above 0",
        "0.25,0.25,0.25,0.25; '' ; --names",
        "0.5,0.5; a,a ; distinct",
        "0.5,0.5; a,b,c ; 3 names",
        "0.5,0.5; a,../b ; ../b"
      })
  void shares_thatMakeNoSense_areRefused(String shares, String names, String word) {
    assertThatThrownBy(() -> SplitShares.parse(shares, names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(word);
  }

  @Test
  void split_fewerGroupsThanLists_isRefused() {
    List<ListedVideo> two = videos().subList(0, 1);
    assertThatThrownBy(() -> split(two, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 lists")
        .hasMessageContaining("g00");
  }

  @Test
  void split_asManyGroupsAsLists_givesEachOne() throws Exception {
    List<ListedVideo> three = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String name = "v_g%02d_c%02d.mp4".formatted(i < 10 ? 0 : i, i);
      three.add(new ListedVideo(name, Path.of(name), null));
    }
    assertThat(split(three, 0).groups()).containsExactly(1, 1, 1);
  }

  @Test
  void split_tableWithColumn_groupsByIt() throws Exception {
    List<String> lines = new ArrayList<>(List.of("path\tlabel\tfilm"));
    for (int i = 0; i < 12; i++) {
      Files.writeString(folder.resolve("v%d.mp4".formatted(i)), "x");
      lines.add("v%d.mp4\t%d\tfilm %d".formatted(i, i % 2, i / 3));
    }
    Collections.shuffle(lines.subList(1, 13), new Random(1));
    Path table = Files.write(folder.resolve("clips.tsv"), lines);
    GroupSplit split =
        GroupSplit.of(table, "column:film", SplitShares.parse("0.5,0.5", "one,two"), 0);
    split.write(table, folder.resolve("out"));

    assertThat(split.groups()).containsExactly(2, 2);
    Manifest one = Manifest.read(folder.resolve("out/one.csv"));
    assertThat(one.size()).isEqualTo(6);
    assertThat(one.entries()).allMatch(e -> e.label() != null);
    assertThatThrownBy(() -> split.write(table, folder.resolve("out")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("one.csv: exists already");
    assertThatThrownBy(() -> GroupSplit.of(table, "column:movie", SHARES, 0))
        .hasMessageContaining("'movie'")
        .hasMessageContaining("path, label, film");
  }

  @Test
  void split_listWithAMissingVideo_namesIt() throws Exception {
    Path list = Files.writeString(folder.resolve("list.csv"), "v_g01_c01.mp4 0\n");
    assertThatThrownBy(() -> GroupSplit.of(list, "auto", SHARES, 0))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("v_g01_c01.mp4");
  }
}
