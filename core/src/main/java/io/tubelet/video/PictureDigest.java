package io.tubelet.video;

import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_image_copy_to_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_image_get_buffer_size;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import java.util.zip.CRC32C;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/** Check sums of decoded pictures: equal pictures have equal ones. */
final class PictureDigest implements AutoCloseable {
  private final CRC32C sum = new CRC32C();
  private @Nullable BytePointer bytes;

  /** Of size, pixel format and all pixels. */
  int of(AVFrame picture) {
    int size = av_image_get_buffer_size(picture.format(), picture.width(), picture.height(), 1);
    BytePointer buffer = buffer(Math.max(0, size));
    av_image_copy_to_buffer(
        buffer,
        size,
        picture.data(),
        picture.linesize(),
        picture.format(),
        picture.width(),
        picture.height(),
        1);
    sum.reset();
    sum.update(picture.format());
    sum.update(picture.width());
    sum.update(picture.height());
    sum.update(buffer.asByteBuffer());
    return (int) sum.getValue();
  }

  private BytePointer buffer(int size) {
    if (bytes == null || bytes.capacity() != size) {
      close();
      bytes = new BytePointer(Ffmpeg.allocated(av_malloc(Math.max(1, size)), "a picture"));
      bytes.capacity(size);
    }
    return bytes;
  }

  @Override
  public void close() {
    if (bytes != null) {
      av_free(bytes);
      bytes = null;
    }
  }
}
