package io.tubelet.measure;

import io.tubelet.video.DecodeOptions;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that can be read, each opened once to learn its length.
 *
 * @param name of the set
 * @param videos at least one
 * @param unreadable files that were left out
 */
record VideoSet(String name, List<Video> videos, int unreadable) {

  /** A file, and what is known of it. */
  record Video(Path file, VideoInfo info) {}

  static VideoSet open(Films films, OpenOptions options) throws IOException {
    List<Video> videos = new ArrayList<>();
    List<Path> files = films.files();
    VideoException complaint = null;
    for (Path file : files) {
      try (VideoReader reader = Videos.open(file, DecodeOptions.NATIVE, options)) {
        videos.add(new Video(file, reader.info()));
      } catch (VideoException unreadable) {
        complaint = unreadable;
      }
    }
    if (videos.isEmpty() && complaint != null) {
      throw complaint;
    }
    return new VideoSet(films.name(), videos, files.size() - videos.size());
  }
}
