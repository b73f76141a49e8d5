package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avfilter.av_buffersink_get_frame;
import static org.bytedeco.ffmpeg.global.avfilter.av_buffersrc_write_frame;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_alloc;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_config;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_free;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_get_filter;
import static org.bytedeco.ffmpeg.global.avfilter.avfilter_graph_parse_ptr;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;

import java.nio.file.Path;
import org.bytedeco.ffmpeg.avfilter.AVFilterContext;
import org.bytedeco.ffmpeg.avfilter.AVFilterGraph;
import org.bytedeco.ffmpeg.avfilter.AVFilterInOut;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Reduces pictures to the 256 colours that suit them all, dithered.
 *
 * <p>The palette is known only after the last picture, so all of them wait in memory until then.
 */
final class PaletteFilter implements AutoCloseable {
  private final Path file;
  private final AVFilterGraph graph;
  private final AVFilterContext source;
  private final AVFilterContext sink;
  private final AVFrame reduced = Ffmpeg.allocated(av_frame_alloc(), "a frame");

  /** For pictures of this size and pixel format, stamped by number. */
  PaletteFilter(Path file, int height, int width, int pixelFormat) throws VideoException {
    this.file = file;
    this.graph = Ffmpeg.allocated(avfilter_graph_alloc(), "a filter");
    try {
      graph.nb_threads(1);
      String description =
          "buffer@pictures=video_size=%dx%d:pix_fmt=%d:time_base=1/1, split[a][b]; "
                  .formatted(width, height, pixelFormat)
              + "[a]palettegen=reserve_transparent=0[colours]; [b][colours]paletteuse, "
              + "buffersink@reduced";
      AVFilterInOut none = new AVFilterInOut(null);
      Ffmpeg.check(
          avfilter_graph_parse_ptr(graph, description, none, none, (Pointer) null),
          file,
          "no palette can be made");
      Ffmpeg.check(avfilter_graph_config(graph, null), file, "no palette can be made");
      this.source = avfilter_graph_get_filter(graph, "buffer@pictures");
      this.sink = avfilter_graph_get_filter(graph, "buffersink@reduced");
    } catch (VideoException | RuntimeException | Error failure) {
      close();
      throw failure;
    }
  }

  /** Takes a picture, or the end where it is null. */
  void add(@Nullable AVFrame frame) throws VideoException {
    Ffmpeg.check(av_buffersrc_write_frame(source, frame), file, "a picture cannot be reduced");
  }

  /** The next reduced picture, valid until the next call; null when there is none (yet). */
  @Nullable AVFrame next() {
    av_frame_unref(reduced);
    return av_buffersink_get_frame(sink, reduced) < 0 ? null : reduced;
  }

  @Override
  public void close() {
    av_frame_free(reduced);
    avfilter_graph_free(graph);
  }
}
