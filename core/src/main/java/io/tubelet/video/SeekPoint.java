package io.tubelet.video;

/**
 * A place in a file from which a fresh decoder gives the same frames as one that began at the
 * file's start.
 *
 * @param frame number of the first frame that it gives; what comes before that one is left out
 * @param time of the packet in the stream's unit, by which most containers find it
 * @param position of the packet in the file, by which it is recognised
 */
record SeekPoint(int frame, long time, long position) {}
