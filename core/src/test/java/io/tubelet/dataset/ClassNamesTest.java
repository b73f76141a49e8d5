package io.tubelet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.data.DataException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
  private final DataTree tree;

  ClassNamesTest(@TempDir Path folder) {
    tree = new DataTree(folder);
  }

  @Test
  void text_lineNumbersFromZeroAreLabels() throws Exception {
    Path file =
        tree.text("classes.txt", "\uFEFFbrush_hair", "air drumming ", "# odd but a name", "");
    assertThat(ClassNames.read(file))
        .isEqualTo(new ClassNames(List.of("brush_hair", "air drumming", "# odd but a name")));
  }

  @Test
  void text_blankLineWithin_isNamed() throws Exception {
    Path file = tree.text("classes.txt", "catch", "", "clap");
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ", line 2: blank");
  }

  @Test
  void text_classTwice_isNamedWithItsLine() throws Exception {
    Path file = tree.text("classes.txt", "catch", "clap", "catch");
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ", line 3: class 'catch' has label 0 already");
  }

  @Test
  void text_empty_isRefused() throws Exception {
    Path file = tree.text("classes.txt", "", " ");
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": the class list is empty");
  }

  @Test
  void file_thatIsNotThere_isRefused() {
    Path file = tree.root().resolve("classes.txt");
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": no such file");
  }

  @Test
  void labelMap_labelsAsTextsOrNumbers_giveTheOrder() throws Exception {
    Path texts =
        tree.text("labels.json", "{\"Moving [x]\": \"1\",", " \"Holding something\":\"0\"}");
    assertThat(ClassNames.read(texts).names()).containsExactly("Holding something", "Moving [x]");
    Path numbers = tree.text("k400.json", "{\"\\\"air drumming\\\"\": 1, \"abseiling\": 0}");
    assertThat(ClassNames.read(numbers).names()).containsExactly("abseiling", "air drumming");
  }

  @Test
  void labelMap_faults_areNamedWithTheirLine() throws Exception {
    assertThatThrownBy(() -> map("{\"a\": 0,", "\"b\": 0}"))
        .hasMessageEndingWith("labels.json, line 2: 'a' and 'b' both have label 0");
    assertThatThrownBy(() -> map("{\"a\": 0,", "\"a\": 1}"))
        .hasMessageEndingWith("labels.json, line 2: class 'a' is blank or named twice");
    assertThatThrownBy(() -> map("{", "\"a\": \"first\"}"))
        .hasMessageEndingWith("line 2: the label of 'a' must be an integer, got first");
    assertThatThrownBy(() -> map("{", "\"a\": [0]}"))
        .hasMessageContaining("line 2: the label of 'a'");
    assertThatThrownBy(() -> map("{\"a\": 0, \"b\": 2}"))
        .hasMessageContaining("no class has label 1; 2 classes must have the labels 0 to 1");
    assertThatThrownBy(() -> map("[\"a\"]")).hasMessageContaining("line 1: a label map must be {");
    assertThatThrownBy(() -> map("{\"a\": 0,", "oops}"))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("line 2: not valid JSON");
    assertThatThrownBy(() -> map("{}")).hasMessageEndingWith("labels.json: the label map is empty");
  }

  private ClassNames map(String... lines) throws Exception {
    return ClassNames.read(tree.text("labels.json", lines));
  }

  @Test
  void classInd_numbersFromOne_giveTheOrder() throws Exception {
    Path file = tree.text("classInd.txt", "1 ApplyEyeMakeup", "2 ApplyLipstick");
    assertThat(ClassNames.read(file).names()).containsExactly("ApplyEyeMakeup", "ApplyLipstick");
    Path gap = tree.text("classInd.txt", "1 ApplyEyeMakeup", "3 Archery");
    assertThatThrownBy(() -> ClassNames.read(gap))
        .hasMessage(gap + ", line 2: must be '2 ClassName', got '3 Archery'");
  }

  @Test
  void names_blankTwiceOrNone_areRefused() {
    assertThatThrownBy(() -> new ClassNames(List.of())).hasMessageContaining("got none");
    assertThatThrownBy(() -> new ClassNames(List.of("a", " "))).hasMessageContaining("got ' '");
    assertThatThrownBy(() -> new ClassNames(List.of("a", "a"))).hasMessageContaining("got 'a'");
  }
}
