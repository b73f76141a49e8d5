package io.tubelet.video;

/**
 * What is known of a video once it is open.
 *
 * <p>Pixels count as square whatever aspect the file states, as in the published programs.
 *
 * @param frames number of frames in presentation order
 * @param height of a delivered frame: after rotation and scaling
 * @param width of a delivered frame: after rotation and scaling
 * @param fps mean frames per second; 0 where the file does not say
 * @param codec FFmpeg's short name, such as {@code h264}
 */
public record VideoInfo(int frames, int height, int width, double fps, String codec) {}
