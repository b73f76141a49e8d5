package io.tubelet.data;

import io.tubelet.data.Manifest.Entry;
import io.tubelet.video.VideoException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the clips of a video, or says why that cannot be done. */
record ClipAttempts(ClipMaker maker, Quarantine quarantine) {
  private static final Logger LOG = LoggerFactory.getLogger(ClipAttempts.class);

  /** An unexpected failure may be a moment's; the second of one file is the file's. */
  private static final int ATTEMPTS = 2;

  /** What came of it; both are null where the video was known to be broken. */
  record Made(ClipMaker.@Nullable Clips clips, @Nullable String broken) {}

  Made make(int video, Entry entry, long pass, long position) {
    if (quarantine.broken().containsKey(entry.name())) {
      return new Made(null, null);
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return new Made(maker.make(video, entry, pass, position), null);
      } catch (VideoException e) {
        return new Made(null, e.reason());
      } catch (VirtualMachineError | LinkageError e) {
        throw e; // no memory, no library: not the file's fault
      } catch (RuntimeException | Error e) {
        LOG.warn("{}: an unexpected failure, attempt {}", entry.file(), attempt, e);
        if (attempt == ATTEMPTS) {
          return new Made(null, "unexpected, twice: " + e);
        }
      }
    }
  }
}
