package io.tubelet.video;

/**
 * What probing found out about the stream that is read. Known from an earlier opening it spares the
 * next one to probe, which in some containers means to decode the first pictures.
 *
 * @param number of the stream among all streams of the file
 * @param delay pictures that the decoder keeps back in order to show them in another order
 * @param fps mean frames per second; 0 where unknown
 */
record StreamFacts(int number, int delay, double fps) {}
