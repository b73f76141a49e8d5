package io.tubelet.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.clip.Frames;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoReader;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MotionClipsTest {
  private static final MotionClips SMALL = new MotionClips(30, 8, 32, 5);
  private static final Course COURSE = new Course(0.5, 0.5, 0.1, 1, 0, 1);

  private final Path folder;

  MotionClipsTest(@TempDir Path parent) {
    this.folder = parent.resolve("clips");
  }

  @Test
  void paint_sameSeedAndNumber_givesTheSamePixels() {
    assertThat(SMALL.paint(3).rgb()).isEqualTo(SMALL.paint(3).rgb());
    assertThat(SMALL.paint(3).rgb()).isNotEqualTo(new MotionClips(30, 8, 32, 6).paint(3).rgb());
    assertThat(SMALL.paint(3).rgb()).isNotEqualTo(SMALL.paint(13).rgb());
  }

  @Test
  void paint_firstFrame_doesNotTellTheDirection() {
    byte[] left = firstFrame(Motion.LEFT);
    for (Motion motion :
        List.of(Motion.RIGHT, Motion.UP, Motion.DOWN, Motion.CLOCKWISE, Motion.COUNTERCLOCKWISE)) {
      assertThat(firstFrame(motion)).as(motion.label()).isEqualTo(left);
    }
  }

  private static byte[] firstFrame(Motion motion) {
    Frames frames = Scene.draw(new SplittableRandom(1)).paint(motion, 4, 32);
    return Arrays.copyOf(frames.rgb(), frames.offset(1));
  }

  @Test
  void at_eachMotion_movesAsItIsCalled() {
    assertThat(Motion.LEFT.at(0.5, COURSE).x()).isLessThan(0.5);
    assertThat(Motion.RIGHT.at(0.5, COURSE).x()).isGreaterThan(0.5);
    assertThat(Motion.UP.at(0.5, COURSE).y()).isLessThan(0.5);
    assertThat(Motion.DOWN.at(0.5, COURSE).y()).isGreaterThan(0.5);
    assertThat(Motion.CLOCKWISE.at(0.5, COURSE).angle()).isGreaterThan(0.1);
    assertThat(Motion.COUNTERCLOCKWISE.at(0.5, COURSE).angle()).isLessThan(0.1);
    assertThat(Motion.GROW.at(0.9, COURSE).scale()).isGreaterThan(1);
    assertThat(Motion.SHRINK.at(0.9, COURSE).scale()).isLessThan(1);
    assertThat(Motion.BOUNCE.at(0.25, COURSE).y()).isLessThan(0.5);
    assertThat(Motion.BOUNCE.at(0.5, COURSE).y()).isEqualTo(0.5);
    assertThat(Motion.ORBIT.at(0.25, COURSE)).isNotEqualTo(Motion.ORBIT.at(0.75, COURSE));
  }

  @Test
  void prepare_emptyFolder_writesClipsAndLists() throws Exception {
    List<Integer> progress = new ArrayList<>();
    SMALL.prepare(folder, progress::add);
    assertThat(progress).isEqualTo(IntStream.rangeClosed(1, 30).boxed().toList());
    assertThat(Files.readAllLines(folder.resolve("classes.txt"))).hasSize(10).startsWith("left");
    List<String> all = new ArrayList<>();
    for (String list : List.of("train.csv", "val.csv", "test.csv")) {
      List<String> lines = Files.readAllLines(folder.resolve(list));
      assertThat(lines.stream().map(line -> line.split(" ")[1]).distinct()).as(list).hasSize(10);
      all.addAll(lines);
    }
    assertThat(all).hasSize(30).doesNotHaveDuplicates().contains("right/right_002.mp4 1");
    assertThat(Files.readAllLines(folder.resolve("pretrain.txt"))).hasSize(20);
    for (String line : all) {
      assertClip(folder.resolve(line.split(" ")[0]));
    }
  }

  private static void assertClip(Path file) throws VideoException {
    try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE)) {
      assertThat(reader.info().frames()).isEqualTo(8);
      assertThat(reader.info().fps()).isEqualTo(25);
      assertThat(reader.frames(7).width()).isEqualTo(32);
    }
  }

  @Test
  void prepare_completeFolder_writesNothing() throws Exception {
    SMALL.prepare(folder, done -> {});
    Path clip = folder.resolve("up/up_001.mp4");
    FileTime old = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(clip, old);
    SMALL.prepare(folder, done -> assertThat(done).isEqualTo(30));
    assertThat(Files.getLastModifiedTime(clip)).isEqualTo(old);
  }

  @Test
  void prepare_interruptedBefore_completesTheSame() throws Exception {
    SMALL.prepare(folder, done -> {});
    Path clip = folder.resolve("orbit/orbit_002.mp4");
    byte[] bytes = Files.readAllBytes(clip);
    Files.delete(clip);
    Files.writeString(folder.resolve("orbit/orbit_002.mp4.unfinished"), "half a clip");
    Files.delete(folder.resolve("val.csv"));
    Files.move(folder.resolve("motion-clips.json"), folder.resolve("motion-clips.unfinished.json"));
    List<Integer> progress = new ArrayList<>();
    SMALL.prepare(folder, progress::add);
    assertThat(progress).containsExactly(30);
    assertThat(clip).hasBinaryContent(bytes);
    assertThat(folder.resolve("val.csv")).isNotEmptyFile();
    assertThat(folder.resolve("motion-clips.json")).exists();
    assertThat(folder.resolve("orbit/orbit_002.mp4.unfinished")).doesNotExist();
  }

  @Test
  void prepare_clipWasDeleted_writesItAgain() throws Exception {
    SMALL.prepare(folder, done -> {});
    Files.delete(folder.resolve("left/left_000.mp4"));
    SMALL.prepare(folder, done -> {});
    assertClip(folder.resolve("left/left_000.mp4"));
  }

  @Test
  void prepare_folderHoldsSomethingElse_isRefused() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.tex"), "dear to someone");
    assertThatThrownBy(() -> SMALL.prepare(folder, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("thesis.tex");
    assertThat(folder.toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void prepare_anotherSet_isRefused() throws Exception {
    SMALL.prepare(folder, done -> {});
    assertThatThrownBy(() -> new MotionClips(30, 8, 32, 6).prepare(folder, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"seed\": 5")
        .hasMessageContaining("\"seed\": 6");
  }

  @Test
  void motionClips_impossibleSizes_areRefusedWithTheNumber() {
    assertThatThrownBy(() -> new MotionClips(29, 8, 32, 0)).hasMessageContaining("29");
    assertThatThrownBy(() -> new MotionClips(30, 1, 32, 0)).hasMessageContaining("got 1");
    assertThatThrownBy(() -> new MotionClips(30, 8, 33, 0)).hasMessageContaining("33");
  }
}
