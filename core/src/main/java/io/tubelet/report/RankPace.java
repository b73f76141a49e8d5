package io.tubelet.report;

/**
 * How one of the processes that train together spends its time.
 *
 * @param stepSeconds mean wall time of an update
 * @param communicationShare of that, spent waiting for other processes, 0 to 1
 * @param hiddenShare of the time in which gradients travelled, that in which it went on computing;
 *     NaN where none travelled
 * @param loaderWaitShare of the wall time, spent waiting for data, 0 to 1
 */
public record RankPace(
    double stepSeconds, double communicationShare, double hiddenShare, double loaderWaitShare) {}
