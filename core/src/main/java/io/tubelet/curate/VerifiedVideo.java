package io.tubelet.curate;

import org.jspecify.annotations.Nullable;

/**
 * What came of decoding a video from end to end.
 *
 * @param video which
 * @param digest of its frames; null where it is broken
 * @param fault why it is broken, in words; null where it is not
 */
record VerifiedVideo(ListedVideo video, @Nullable FrameDigest digest, @Nullable String fault) {

  static VerifiedVideo whole(ListedVideo video, FrameDigest digest) {
    return new VerifiedVideo(video, digest, null);
  }

  static VerifiedVideo broken(ListedVideo video, String fault) {
    return new VerifiedVideo(video, null, fault);
  }
}
