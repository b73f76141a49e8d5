package io.tubelet.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.clip.Size;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.StoredVideo;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmTest {
  private static final Size SIZE = new Size(48, 64);

  @Test
  void paint_sameSeed_givesTheSamePicture() {
    assertThat(picture(new Film(SIZE, 7), 3)).isEqualTo(picture(new Film(SIZE, 7), 3));
    assertThat(picture(new Film(SIZE, 7), 3)).isNotEqualTo(picture(new Film(SIZE, 8), 3));
  }

  /** More than grain, which is three levels at most. */
  @Test
  void paint_laterPicture_hasMoved() {
    Film film = new Film(SIZE, 7);
    byte[] before = picture(film, 0);
    byte[] after = picture(film, 12);
    int moved = 0;
    for (int i = 0; i < before.length; i++) {
      moved += Math.abs((before[i] & 0xFF) - (after[i] & 0xFF)) > 6 ? 1 : 0;
    }

    assertThat(moved).isBetween(before.length / 10, before.length * 9 / 10);
  }

  /** OpenH264 begins a group wherever nearly everything changes. */
  @Test
  void write_longGroup_isKept(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("film.mp4");
    new Film(new Size(120, 160), 0).write(file, 60, new EncodeOptions(30, 28, 50));

    StoredVideo video = StoredVideo.of(file);

    assertThat(video.packets()).isEqualTo(60);
    assertThat(video.longestGop()).isEqualTo(50);
  }

  private static byte[] picture(Film film, int number) {
    byte[] rgb = new byte[SIZE.height() * SIZE.width() * 3];
    film.paint(number, rgb);
    return rgb;
  }
}
