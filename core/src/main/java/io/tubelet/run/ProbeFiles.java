package io.tubelet.run;

import io.tubelet.data.ViewsConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Prediction;
import io.tubelet.probe.ProbeResult;
import io.tubelet.report.EvaluationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes what came of a probe: the evaluation of the test clips, and every setting that was tried.
 *
 * @param folder made where it is missing
 */
public record ProbeFiles(Path folder) {

  /** Writes numbers, predictions and page; gives the page. */
  public Path write(ProbeResult result, LabelledVideos test, ProbeFeatures features, String title)
      throws IOException {
    FrozenEncoder encoder = features.encoder();
    ViewsConfig views = encoder.views(features.number());
    List<ClipResult> clips = new ArrayList<>();
    int[] labels = test.labels();
    for (int i = 0; i < test.size(); i++) {
      float[] row = result.testProbabilities()[i];
      double[] probabilities = new double[row.length];
      for (int k = 0; k < row.length; k++) {
        probabilities[k] = row[k];
      }
      clips.add(
          new ClipResult(
              test.manifest().entries().get(i).name(), labels[i], new Prediction(probabilities)));
    }
    Evaluation evaluation =
        new Evaluation(
            clips,
            test.classes().names(),
            test.listed(),
            test.missing().stream().map(Evaluator::missing).toList(),
            Evaluator.describe(views),
            result.seconds());
    Map<String, String> settings = new LinkedHashMap<>();
    result
        .tried()
        .forEach(
            row ->
                settings.put(
                    row.setting().toString(),
                    "train %s, val %s, test %s"
                        .formatted(
                            row.train().map(Object::toString).orElse("-"), row.val(), row.test())));
    settings.put("precision of features", encoder.precision().name().toLowerCase(Locale.ROOT));
    settings.put("chosen", result.best().setting().toString());
    new EvaluationFiles(folder)
        .write(
            evaluation,
            test,
            features.opener(),
            views,
            encoder.clip(),
            title,
            result.kind(),
            List.of(),
            settings);
    return folder.resolve(EvaluationReport.PAGE);
  }
}
