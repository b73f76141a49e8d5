package io.tubelet.machine;

import com.sun.jna.Native;
import java.util.Optional;

/**
 * The C library of this process: what Java cannot say itself to libraries that have not been loaded
 * yet.
 */
final class CLibrary {
  /** From glibc's {@code malloc.h}; other C libraries have no {@code mallopt}. */
  enum MallocSetting {
    TRIM_THRESHOLD(-1),
    MMAP_THRESHOLD(-3),
    ARENA_MAX(-8);

    private final int number;

    MallocSetting(int number) {
      this.number = number;
    }
  }

  private interface Posix extends com.sun.jna.Library {
    int setenv(String name, String value, int overwrite);

    int mallopt(int setting, int value);
  }

  private final Posix posix;

  private CLibrary(Posix posix) {
    this.posix = posix;
  }

  /** The C library, where it is one of POSIX: not on Windows. */
  static Optional<CLibrary> ofThisProcess() {
    return com.sun.jna.Platform.isWindows()
        ? Optional.empty()
        : Optional.of(new CLibrary(Native.load("c", Posix.class)));
  }

  /** Seen by native libraries from now on, and by programs they start; never by Java. */
  void setEnvironment(String name, String value) {
    if (posix.setenv(name, value, 1) != 0) {
      throw new IllegalStateException("setenv(" + name + ", " + value + ") failed");
    }
  }

  /** Whether the allocator has this setting and takes the value. */
  boolean setMalloc(MallocSetting setting, int value) {
    try {
      return posix.mallopt(setting.number, value) == 1;
    } catch (UnsatisfiedLinkError notGlibc) {
      return false;
    }
  }
}
