package io.tubelet.report;

import java.util.List;
import java.util.Map;

/**
 * What the page of a data set shows.
 *
 * @param source the list or folder
 * @param listed videos that it names
 * @param read videos of them that could be read
 * @param figures name and value, the most telling first
 * @param distributions of quantities that every video has
 * @param kinds of each property, such as codecs, how many videos have which; most frequent first
 * @param broken name and reason of the videos that could not be read
 */
public record DataSetSummary(
    String source,
    int listed,
    int read,
    Map<String, String> figures,
    List<Distribution> distributions,
    Map<String, Map<String, Integer>> kinds,
    Map<String, String> broken) {}
