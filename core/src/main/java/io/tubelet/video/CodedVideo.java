package io.tubelet.video;

/**
 * What a stream says of its pictures before they are scaled and turned.
 *
 * @param height rows of the first frame
 * @param width columns of the first frame
 * @param orientation how to turn them upright
 * @param fps mean frames per second; 0 where unknown
 * @param codec FFmpeg's short name
 */
record CodedVideo(int height, int width, Orientation orientation, double fps, String codec) {}
