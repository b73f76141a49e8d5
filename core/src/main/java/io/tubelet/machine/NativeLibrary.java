package io.tubelet.machine;

import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** The native libraries, in the order in which they need each other; each can be tried alone. */
public enum NativeLibrary {
  OPENBLAS("OpenBLAS") {
    @Override
    void load() {
      Loader.load(openblas.class);
    }
  },
  LIBTORCH("libtorch") {
    @Override
    void load() {
      Loader.load(torch.class);
    }
  },
  FFMPEG("FFmpeg") {
    @Override
    void load() {
      Loader.load(avutil.class);
    }
  };

  private final String label;

  NativeLibrary(String label) {
    this.label = label;
  }

  abstract void load();

  /** Loads the library; if that fails, one sentence that says why and what to do. */
  public Optional<String> problem() {
    try {
      load();
      return Optional.empty();
    } catch (LinkageError broken) {
      return Optional.of(label + " cannot be loaded: " + advice(broken));
    }
  }

  /** The reason at the root of a library that could not be loaded, and what to do about it. */
  public static String advice(LinkageError error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String reason = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return reason + ". " + remedy(root, reason);
  }

  private static String remedy(Throwable root, String reason) {
    if (reason.contains("in java.library.path")) {
      return "It is not among the jars, or could not be unpacked: see that the disk has room and that"
          + " ~/.javacpp can be written to, then delete cli/target and start ./tubelet again.";
    }
    if (reason.contains("GLIBC") || reason.contains("ld-linux")) {
      return "This system's C library is too old or not glibc: use a newer Linux distribution.";
    }
    if (reason.contains("cannot open shared object file")) {
      return "Install the system package that brings this library.";
    }
    if (reason.contains("failed to map segment") || reason.contains("not permitted")) {
      return "Programs may not run from that folder: set"
          + " TUBELET_JAVA_OPTS=-Dorg.bytedeco.javacpp.cachedir=FOLDER to one where they may.";
    }
    if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
      return "The installation is incomplete: delete cli/target and start ./tubelet again.";
    }
    return "Delete ~/.javacpp/cache, in case a file in it is damaged, and start again.";
  }
}
