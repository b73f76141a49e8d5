package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A run whose every number at step {@code s} is {@code s}: tests read the step off the weights. */
final class TinyRun {
  static final RunData DATA = new RunData(new DataSource("5d41402a", 12), null);

  private static final Versions VERSIONS = new Versions("0.1", "17", "2.10", "8.0");

  private TinyRun() {}

  static ObjectNode configuration() {
    ObjectNode configuration = JsonNodeFactory.instance.objectNode().put("seed", 7L);
    configuration.putObject("mask").put("kind", "tube").put("ratio", 0.9);
    return configuration;
  }

  static TrainingState state(long step) {
    ObjectNode model = JsonNodeFactory.instance.objectNode().put("width", 4);
    ObjectNode progress = JsonNodeFactory.instance.objectNode().put("step", step);
    Map<String, Tensor> moments = new LinkedHashMap<>();
    moments.put("first.w", filled(step, 4, 3));
    moments.put("second.w", filled(step, 4, 3));
    return new TrainingState(model, parameters(step), moments, progress);
  }

  static Map<String, Tensor> parameters(long step) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    parameters.put("w", filled(step, 4, 3));
    parameters.put("b", filled(step, 4));
    return parameters;
  }

  static Provenance provenance(long step, double loss) {
    return provenance(step, loss, DATA);
  }

  static Provenance provenance(long step, double loss, RunData data) {
    return new Provenance(
        configuration(),
        7,
        step,
        8 * step,
        data,
        "FP32",
        "cpu",
        "scratch",
        Map.of(Provenance.LOSS, loss),
        VERSIONS,
        Instant.parse("2026-01-02T03:04:05Z"));
  }

  private static Tensor filled(long value, long... shape) {
    return torch.full(shape, new Scalar((double) value));
  }
}
