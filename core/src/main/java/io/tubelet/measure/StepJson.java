package io.tubelet.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * Results for other programs. Keys are added, never changed:
 *
 * <pre>{@code
 * step.json
 *   format                       "tubelet-step-1"
 *   tubelet, java                versions
 *   machine                      {cpu, os, cores, memory-bytes, threads}
 *   warm-up, repeats             updates of each case
 *   loading                      false: clips are random bytes
 *   cases                        [case]
 *
 * case
 *   name                         what distinguishes it from the others
 *   family, model, batch, precision, encoder, decoder, decoder-depth, decoder-width,
 *   mask-ratio, frames, size     as on the command line; the width always a number
 *   tokens, visible-tokens, predicted-tokens   of a clip
 *   parameters                   trained values
 *   replicas, operator-threads
 *   seconds-per-update           {median, least, most, all: [...]}
 *   seconds-per-clip             from the median
 *   forward-multiply-adds-per-clip   in matrix products
 *   operations-per-update        a multiply-add is two, the backward pass two forward passes
 *   operations-per-second        from the median
 *   matrix-operations-per-second large matrix products of all threads in that precision, the
 *                                best that was measured between the cases
 *   share-of-matrix-rate
 *   peak-bytes                   most resident memory of the process, or null
 *   own-bytes                    that less what was resident before the model was made
 *   peak-of-case                 whether that began anew with the case
 *   phases                       {name: seconds} of the update whose length is the median;
 *                                "elsewhere" is the rest
 *   loss                         of the last update
 * }</pre>
 */
public record StepJson(StepResults results) {

  /** The file's text. */
  public String text() {
    BenchSettings settings = results.settings();
    ObjectNode json = BenchJson.begin("tubelet-step-1", settings.machine(), settings.threads());
    json.put("warm-up", settings.warmUp());
    json.put("repeats", settings.repeats());
    json.put("loading", false);
    results.all().forEach(result -> json.withArray("cases").add(of(result)));
    return BenchJson.text(json);
  }

  private ObjectNode of(StepResult result) {
    ObjectNode json = BenchJson.node();
    json.put("name", results.name(result));
    describe(result.step(), json);
    json.put("parameters", result.parameters());
    json.put("replicas", result.split().replicas());
    json.put("operator-threads", result.split().operatorThreads());
    double[] seconds = result.updates().stream().mapToDouble(StepTiming::seconds).toArray();
    BenchJson.putSpread(json, "seconds-per-update", seconds);
    json.put("seconds-per-clip", result.secondsPerClip());
    json.put("forward-multiply-adds-per-clip", result.step().forwardMultiplyAdds());
    json.put("operations-per-update", result.step().operations());
    json.put("operations-per-second", result.rate());
    json.put("matrix-operations-per-second", results.matrixRate(result.step().precision()));
    json.put("share-of-matrix-rate", results.share(result));
    BenchJson.putCount(json, "peak-bytes", result.peakBytes());
    BenchJson.putCount(json, "own-bytes", result.ownBytes());
    json.put("peak-of-case", result.peakOfCase());
    phases(result.typical(), json.putObject("phases"));
    json.put("loss", result.updates().get(result.updates().size() - 1).loss());
    return json;
  }

  private static void describe(StepCase step, ObjectNode json) {
    json.put("family", step.family().label());
    json.put("model", step.size().label());
    json.put("batch", step.batch());
    json.put("precision", step.precision().name().toLowerCase(Locale.ROOT));
    json.put("encoder", step.encoding().label());
    json.put("decoder", step.decoding().label());
    json.put("decoder-depth", step.decoderDepth());
    json.put("decoder-width", step.model().decoder().width());
    json.put("mask-ratio", step.maskRatio());
    json.put("frames", step.frames());
    json.put("size", step.side());
    json.put("tokens", step.clip().tokens());
    json.put("visible-tokens", step.visibleTokens());
    json.put("predicted-tokens", step.hiddenTokens());
  }

  private static void phases(StepTiming update, ObjectNode json) {
    for (Map.Entry<Phase, Double> phase : update.phases().entrySet()) {
      json.put(phase.getKey().label(), phase.getValue());
    }
    json.put("elsewhere", update.elsewhere());
  }
}
