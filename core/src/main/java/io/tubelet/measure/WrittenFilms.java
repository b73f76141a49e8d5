package io.tubelet.measure;

import io.tubelet.clip.Size;
import io.tubelet.synthetic.Film;
import io.tubelet.video.EncodeOptions;
import io.tubelet.video.VideoCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of our own making; those that are there already are read as they are.
 *
 * @param codec of the pictures
 * @param gop frames from one key frame to the next
 * @param size of the picture
 * @param count how many files
 * @param frames of each
 * @param folder in which there is one for each form
 */
public record WrittenFilms(VideoCodec codec, int gop, Size size, int count, int frames, Path folder)
    implements Films {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");
  private static final double FPS = 30;
  private static final int QUANTIZER = 28;

  public WrittenFilms {
    OptionChecks.requireAtLeast("gop", gop, 1);
    OptionChecks.requireAtLeast("files", count, 1);
    OptionChecks.requireAtLeast("film-frames", frames, 1);
  }

  /** Reads {@code 1280x720}: width, then height, as people say it. */
  public static Size size(String text) {
    Matcher form = SIZE.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a size; write width x height, such as 1280x720".formatted(text));
    }
    return new Size(Integer.parseInt(form.group(2)), Integer.parseInt(form.group(1)));
  }

  @Override
  public String name() {
    return "%s-gop%d-%dx%d".formatted(codecName(), gop, size.width(), size.height());
  }

  String codecName() {
    return codec.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Path> files() throws IOException {
    Path place = folder.resolve("%s-%d".formatted(name(), frames));
    Files.createDirectories(place);
    EncodeOptions options = new EncodeOptions(FPS, QUANTIZER, gop, codec);
    List<Path> files = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      Path file = place.resolve("film_%02d.mp4".formatted(number));
      if (Files.notExists(file)) {
        new Film(size, number).write(file, frames, options);
      }
      files.add(file);
    }
    return files;
  }
}
