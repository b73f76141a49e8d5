package io.tubelet.video;

/**
 * What decoding a file from end to end taught.
 *
 * @param frames how many it gave
 * @param height of the first
 * @param width of the first
 */
record FrameCount(int frames, int height, int width) implements Survey {}
