package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Settings that files of earlier versions lack, each with what went without saying then. */
public final class LaterSettings {
  private LaterSettings() {}

  /** As the shipped recipes have it: only its probability counts while that is 0. */
  private static ObjectNode withoutJitter(ObjectNode factory) {
    return factory
        .objectNode()
        .put("probability", 0.0)
        .put("brightness", 0.4)
        .put("contrast", 0.4)
        .put("saturation", 0.2)
        .put("hue", 0.1);
  }

  /** A configuration as it would be written today; the given tree stays as it is. */
  public static JsonNode completed(JsonNode saved) {
    JsonNode completed = saved.deepCopy();
    if (completed.path("model").path("decoder") instanceof ObjectNode decoder) {
      decoder.putIfAbsent("attention", decoder.textNode("self"));
      ((ObjectNode) completed.path("model"))
          .putIfAbsent("mask-tokens", decoder.textNode("decoder"));
    }
    if (completed instanceof ObjectNode run && run.has("mask") && run.has("train")) {
      run.putIfAbsent("decoder-mask", run.objectNode().put("ratio", 0.0));
      run.putIfAbsent("loss", run.textNode("mse"));
    }
    if (completed.path("data") instanceof ObjectNode data && data.has("sampling")) {
      data.putIfAbsent("colour-jitter", withoutJitter(data));
    }
    if (completed.path("train") instanceof ObjectNode train) {
      train.putIfAbsent("gradient-compression", train.textNode("none"));
      train.putIfAbsent("shard-optimizer", train.booleanNode(false));
    }
    return completed;
  }
}
