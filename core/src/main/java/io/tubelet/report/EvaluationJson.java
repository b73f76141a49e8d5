package io.tubelet.report;

import static io.tubelet.report.JsonLines.JSON;
import static io.tubelet.report.JsonLines.putFinite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tubelet.evaluate.Accuracy;
import io.tubelet.evaluate.ClassAccuracy;
import io.tubelet.evaluate.ClipResult;
import io.tubelet.evaluate.Confusion;
import io.tubelet.evaluate.Evaluation;
import io.tubelet.evaluate.Missing;
import io.tubelet.evaluate.Prediction;

/**
 * An evaluation for other programs. Shares are 0 to 1; what is not known is {@code null}; classes
 * are numbers, and {@code classes} names them. Keys are added, never changed:
 *
 * <pre>{@code
 * evaluation.json
 *   format                       "tubelet-evaluation-1"
 *   title, subtitle
 *   listed, evaluated            clips
 *   missing                      [{clip, reason}]
 *   views                        such as "5x3"
 *   seconds                      wall time
 *   top1, top5                   {share, low, high, correct, clips}: low to high is Wilson's 95 % interval
 *   mean-class-accuracy, majority-share, log-loss
 *   classes                      [name]
 *   per-class                    [{label, share, correct, clips}], a class each
 *   confusion                    [[clips]], a row for each label, a column for each predicted class
 *   most-confused                [{label, predicted, clips, of}], most frequent first
 *   hardest                      [as a line of predictions.jsonl], highest log-loss first
 *   provenance                   {name: value}
 *
 * predictions.jsonl              a line for each clip, in the order of the list
 *   clip, label
 *   probability                  of the label
 *   rank                         of the label, 1 where the prediction is right
 *   log-loss
 *   top5                         [{label, probability}], best first
 * }</pre>
 */
final class EvaluationJson {

  private static final int PAIRS = 100;
  private static final int TOP = 5;

  private EvaluationJson() {}

  static String numbers(EvaluationSummary summary) {
    Evaluation e = summary.shown().evaluation();
    ObjectNode json = JSON.createObjectNode();
    json.put("format", "tubelet-evaluation-1");
    json.put("title", summary.title());
    json.put("subtitle", summary.subtitle());
    json.put("listed", e.listed());
    json.put("evaluated", e.results().size());
    ArrayNode missing = json.putArray("missing");
    for (Missing m : e.missing()) {
      missing.addObject().put("clip", m.name()).put("reason", m.reason());
    }
    json.put("views", e.views());
    putFinite(json, "seconds", e.seconds());
    putAccuracy(json.putObject("top1"), e.top1());
    putAccuracy(json.putObject("top5"), e.top5());
    putFinite(json, "mean-class-accuracy", e.meanClassAccuracy());
    putFinite(json, "majority-share", e.majorityShare());
    putFinite(json, "log-loss", e.logLoss());
    ArrayNode classes = json.putArray("classes");
    e.classes().forEach(classes::add);
    ArrayNode perClass = json.putArray("per-class");
    for (ClassAccuracy c : e.perClass()) {
      ObjectNode one = perClass.addObject().put("label", c.label());
      putFinite(one, "share", c.accuracy().share());
      one.put("correct", c.accuracy().correct()).put("clips", c.accuracy().clips());
    }
    ArrayNode confusion = json.putArray("confusion");
    for (int[] row : e.confusion().counts()) {
      ArrayNode cells = confusion.addArray();
      for (int clips : row) {
        cells.add(clips);
      }
    }
    ArrayNode pairs = json.putArray("most-confused");
    for (Confusion p : e.confusion().mostConfused(PAIRS)) {
      pairs
          .addObject()
          .put("label", p.label())
          .put("predicted", p.predicted())
          .put("clips", p.clips())
          .put("of", p.of());
    }
    ArrayNode hardest = json.putArray("hardest");
    summary.shown().hardest().forEach(clip -> hardest.add(clip(clip)));
    ObjectNode provenance = json.putObject("provenance");
    summary.provenance().forEach(provenance::put);
    return text(json) + "\n";
  }

  static String predictions(Evaluation e) {
    var lines = new StringBuilder();
    e.results().forEach(clip -> lines.append(text(clip(clip))).append('\n'));
    return lines.toString();
  }

  private static ObjectNode clip(ClipResult clip) {
    Prediction p = clip.prediction();
    ObjectNode json = JSON.createObjectNode();
    json.put("clip", clip.name());
    json.put("label", clip.label());
    json.put("probability", (float) p.probability(clip.label()));
    json.put("rank", p.rank(clip.label()));
    json.put("log-loss", (float) clip.logLoss());
    ArrayNode top = json.putArray("top5");
    for (int label : p.top(TOP)) {
      top.addObject().put("label", label).put("probability", (float) p.probability(label));
    }
    return json;
  }

  private static void putAccuracy(ObjectNode json, Accuracy a) {
    putFinite(json, "share", a.share());
    json.put("low", a.low());
    json.put("high", a.high());
    json.put("correct", a.correct());
    json.put("clips", a.clips());
  }

  private static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values cannot be written", e);
    }
  }
}
