package io.tubelet.report;

import java.util.List;
import java.util.Map;

/**
 * All that the page of a tokenizer shows.
 *
 * @param title name of the run
 * @param subtitle one line under it
 * @param learnt whether pictures can be told from their words
 * @param sentence what it is worth, in words
 * @param steps the reports, ascending
 * @param lossName what the loss is
 * @param baseline loss of painting the mean; {@code NaN} where unknown
 * @param figures key figures in order, name to value with unit
 * @param picture of pictures, words and painted pictures
 * @param quarantine files that could not be used
 * @param configuration the full resolved configuration as YAML
 * @param provenance versions, seed, data digest in order, name to value
 */
public record TokenizerSummary(
    String title,
    String subtitle,
    boolean learnt,
    String sentence,
    List<StepReport> steps,
    String lossName,
    double baseline,
    Map<String, String> figures,
    RunSummary.Picture picture,
    List<RunSummary.Quarantined> quarantine,
    String configuration,
    Map<String, String> provenance) {}
