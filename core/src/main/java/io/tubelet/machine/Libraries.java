package io.tubelet.machine;

import static org.bytedeco.ffmpeg.global.avutil.av_version_info;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * The native libraries in use.
 *
 * @param libtorch version
 * @param libtorchFolder where it was looked for first, where that is not the bundled one
 * @param blas what libtorch multiplies matrices with, in its own words
 * @param ffmpeg version
 * @param openblas version
 * @param torchThreads threads of libtorch's operators
 * @param cpuCapability the widest vector instructions that libtorch uses
 * @param cuda whether a CUDA device is usable
 * @param cudaDevices how many
 */
public record Libraries(
    String libtorch,
    Optional<String> libtorchFolder,
    String blas,
    String ffmpeg,
    String openblas,
    int torchThreads,
    String cpuCapability,
    boolean cuda,
    int cudaDevices) {
  private static final Pattern BLAS = Pattern.compile("BLAS_INFO=(\\w+)");

  /** Loads the libraries, which takes about a second, and asks them. */
  public static Libraries load() {
    Loader.load(torch.class);
    boolean cuda = torch.cuda_is_available();
    return new Libraries(
        presetVersion("pytorch"),
        Boolean.getBoolean("org.bytedeco.javacpp.pathsFirst")
            ? Optional.of(System.getProperty("java.library.path", ""))
            : Optional.empty(),
        blas(text(torch.show_config())),
        av_version_info().getString(),
        presetVersion("openblas"),
        torch.get_num_threads(),
        text(torch.get_cpu_capability()),
        cuda,
        cuda ? torch.cuda_device_count() : 0);
  }

  /** The version of this software, without loading any native library. */
  public static String tubeletVersion() {
    String version = Libraries.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private static String blas(String buildSettings) {
    Matcher named = BLAS.matcher(buildSettings);
    return named.find() ? named.group(1) : "unknown";
  }

  private static String text(BytePointer pointer) {
    return pointer.getString();
  }

  private static String presetVersion(String artifact) {
    String path = "/META-INF/maven/org.bytedeco/" + artifact + "/pom.properties";
    try (InputStream in = Libraries.class.getResourceAsStream(path)) {
      if (in == null) {
        return "unknown";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
