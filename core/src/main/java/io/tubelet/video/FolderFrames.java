package io.tubelet.video;

import java.nio.file.Path;
import java.util.List;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** Frames that are files of their own: no frame needs another to be decoded. */
final class FolderFrames implements FrameSource {
  private final VideoFile folder;
  private final List<Path> files;
  private final StillDecoder decoder;
  private final CodedVideo coded;

  /** Looks at the first picture; the others are taken to be like it until they are read. */
  FolderFrames(VideoFile folder) throws VideoException {
    this.folder = folder;
    this.files = PictureSeries.of(folder.path()).files();
    this.decoder = new StillDecoder(folder.options().maxBufferPixels());
    try {
      AVFrame first = picture(0);
      this.coded =
          new CodedVideo(
              first.height(),
              first.width(),
              Orientation.UPRIGHT,
              folder.options().folderFps(),
              StillDecoder.codecName(files.get(0)));
    } catch (VideoException | RuntimeException | Error failure) {
      decoder.close();
      throw failure;
    }
  }

  @Override
  public CodedVideo coded() {
    return coded;
  }

  @Override
  public int frames() {
    return files.size();
  }

  @Override
  public int decode(int[] numbers, Sink sink) throws VideoException {
    for (int number : numbers) {
      folder.requireTime();
      sink.accept(number, picture(number));
    }
    return numbers.length;
  }

  private AVFrame picture(int number) throws VideoException {
    AVFrame picture = decoder.decode(files.get(number));
    folder.requireSize(picture.height(), picture.width());
    return picture;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
