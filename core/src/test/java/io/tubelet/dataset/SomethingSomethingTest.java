package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.DataException;
import io.tubelet.data.Manifest.Entry;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SomethingSomethingTest {
  private static final String HOLDING =
      """
      {"id":"78687", "label":"holding potato next to vicks vaporub bottle",
       "template":"Holding [something] next to [something]",
       "placeholders":["potato", "vicks vaporub bottle"]}""";
  private static final String MOVING =
      """
      {"id":"42326", "label":"moving pen up", "template":"Moving [something] up", "placeholders":["pen"]}""";

  private final DataTree tree;

  SomethingSomethingTest(@TempDir Path folder) {
    tree = new DataTree(folder);
  }

  @BeforeEach
  void writeLabelMap() throws Exception {
    tree.text(
        "labels/labels.json",
        "{\"Moving something up\":\"1\", \"Holding something next to something\":\"0\"}");
  }

  private static LabelledVideos read(Path list) throws Exception {
    return LabelledVideos.read(list, null, ReadOptions.TESTING);
  }

  @Test
  void json_templateWithoutBrackets_isTheClass() throws Exception {
    tree.videos("20bn-something-something-v2/78687.webm", "20bn-something-something-v2/42326.mp4");
    Path list = tree.text("labels/train.json", "[" + MOVING + ",", HOLDING + "]");
    LabelledVideos videos = read(list);
    assertThat(videos.labels()).containsExactly(1, 0);
    assertThat(videos.classes().name(0)).isEqualTo("Holding something next to something");
    assertThat(videos.manifest().entries())
        .extracting(Entry::name)
        .containsExactly("42326", "78687");
    assertThat(videos.manifest().entries().get(1).file()).hasFileName("78687.webm");
  }

  @Test
  void testAnswers_giveIdAndClass() throws Exception {
    tree.video("videos/1420.webm");
    Path list = tree.text("labels/test-answers.csv", "1420;Moving something up");
    LabelledVideos videos =
        LabelledVideos.read(
            list, null, ReadOptions.TESTING.withVideos(tree.root().resolve("videos")));
    assertThat(videos.labels()).containsExactly(1);
  }

  @Test
  void faults_areNamedWithTheirLine() throws Exception {
    assertThatThrownBy(() -> json("[" + MOVING + ",", "{\"id\": \"7\"}]"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train.json, line 2: a clip needs its id and its template");
    assertThatThrownBy(
            () -> json("[", "", "{\"id\": \"7\", \"template\": \"Eating [something]\"}]"))
        .hasMessageContaining("train.json, line 3: class 'Eating something' is not in the class");
    assertThatThrownBy(() -> json("[" + MOVING + ",", "oops]"))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("train.json, line 2: not valid JSON");
    assertThatThrownBy(() -> json("[" + MOVING))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not valid JSON");
    assertThatThrownBy(() -> json("{}")).hasMessageContaining("must be a list of clips");
    assertThatThrownBy(() -> json("[]")).hasMessageEndingWith("train.json: lists no video");
    assertThatThrownBy(() -> json("[" + MOVING + "]"))
        .hasMessageContaining("train.json, line 1: no such video: 42326");
    Path answers = tree.text("labels/answers.csv", "1;Moving something up", "2 Moving");
    assertThatThrownBy(() -> read(answers))
        .hasMessage(answers + ", line 2: must be 'id;class', got '2 Moving'");
  }

  private LabelledVideos json(String... lines) throws Exception {
    return read(tree.text("labels/train.json", lines));
  }

  @Test
  void labelMap_notBesideTheList_isAskedFor() throws Exception {
    Path list = tree.text("elsewhere/train.json", "[" + MOVING + "]");
    assertThatThrownBy(() -> read(list))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(list + ": no labels.json or something-something-v2-labels.json");
  }
}
