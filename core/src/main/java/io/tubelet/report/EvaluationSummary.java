package io.tubelet.report;

import java.util.List;
import java.util.Map;

/**
 * All that the report of an evaluation tells.
 *
 * @param title such as {@code ViT-B on UCF101, split 1}
 * @param subtitle one line under it: checkpoint, list, date
 * @param shown the numbers, and frames of the hardest clips
 * @param curves of the training it came from; none where it is not known
 * @param figures further key figures in order, name to value with unit
 * @param provenance checkpoint, data digest, versions in order, name to value
 */
public record EvaluationSummary(
    String title,
    String subtitle,
    ShownEvaluation shown,
    List<Curve> curves,
    Map<String, String> figures,
    Map<String, String> provenance) {}
