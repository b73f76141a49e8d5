package io.tubelet.curate;

import io.tubelet.file.Sha256;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What a video shows, as a number: equal where the size, the number of frames and every byte of
 * every decoded frame are equal.
 *
 * @param sha256 in hexadecimal
 * @param frames that were decoded
 */
record FrameDigest(String sha256, int frames) {

  /**
   * Decodes the whole of {@code file}.
   *
   * @throws VideoException when it cannot be opened, or a frame that it promises cannot be decoded
   */
  static FrameDigest of(Path file) throws VideoException {
    Sha256 sha = new Sha256();
    try (VideoReader reader = DecodedFrames.open(file, DecodeOptions.NATIVE)) {
      VideoInfo info = reader.info();
      ByteBuffer size = ByteBuffer.allocate(8).putInt(info.height()).putInt(info.width());
      sha.add(size.flip());
      DecodedFrames.each(reader, frame -> sha.add(ByteBuffer.wrap(frame.rgb())));
      return new FrameDigest(sha.hex(), info.frames());
    }
  }
}
