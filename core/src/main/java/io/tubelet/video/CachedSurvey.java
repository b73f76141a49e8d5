package io.tubelet.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of one file's survey in a cache folder, which several processes may share.
 *
 * <p>A survey is kept under the digest of the file's name and counts only for a file of the same
 * size, time of change and first bytes, read by the same FFmpeg. Whatever else lies there is passed
 * over and written anew. Files appear whole: they are written under another name and renamed.
 *
 * @param folder in which it is kept
 * @param name of its file there
 * @param stamp of the file, taken before it was surveyed
 * @param stream which was asked for
 */
record CachedSurvey(Path folder, String name, FileStamp stamp, StreamChoice stream) {
  private static final Logger LOG = LoggerFactory.getLogger(CachedSurvey.class);
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  /** Empty where no cache is wanted. */
  static Optional<CachedSurvey> of(VideoFile file) {
    Optional<Path> folder = folder(file.options());
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    try {
      StreamChoice stream = file.options().stream();
      String name = file.path().toAbsolutePath().normalize() + "\0" + stream;
      String digest = FileStamp.digest(name.getBytes(StandardCharsets.UTF_8));
      return Optional.of(
          new CachedSurvey(
              folder.get().resolve(digest.substring(0, 2)),
              digest.substring(2),
              FileStamp.of(file.path()),
              stream));
    } catch (IOException unreadable) {
      return Optional.empty(); // opening it says why
    }
  }

  private static Optional<Path> folder(OpenOptions options) {
    return switch (options.indexCache()) {
      case OpenOptions.OFF -> Optional.empty();
      case OpenOptions.AUTO -> Optional.of(userCache().resolve("tubelet").resolve("index"));
      default -> Optional.of(Path.of(options.indexCache()));
    };
  }

  /** Where this system's programs keep what they can make again. */
  private static Path userCache() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    String given = System.getenv(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    return given == null || given.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache")
        : Path.of(given);
  }

  /** What is known of the file as it is now. */
  Optional<Survey> read() {
    byte @Nullable [] bytes = content();
    return bytes == null ? Optional.empty() : SurveyFormat.read(bytes, stamp, stream);
  }

  private byte @Nullable [] content() {
    try {
      Path place = folder.resolve(name);
      return Files.size(place) > SurveyFormat.MOST_BYTES ? null : Files.readAllBytes(place);
    } catch (IOException notThere) {
      return null;
    }
  }

  /** Keeps what was learnt; where that fails the next opening learns it again. */
  void write(Survey survey) {
    Path fresh = null;
    try {
      Files.createDirectories(folder);
      fresh = Files.createTempFile(folder, "new", ".tmp");
      Files.write(fresh, SurveyFormat.bytes(survey, stamp, stream));
      Files.move(
          fresh,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException refused) {
      if (!WARNED.getAndSet(true)) {
        LOG.warn("what is learnt of videos cannot be kept: {}", refused.toString());
      }
      delete(fresh);
    }
  }

  private static void delete(@Nullable Path fresh) {
    try {
      if (fresh != null) {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException left) {
      LOG.debug("a temporary file is left behind: {}", fresh, left);
    }
  }
}
