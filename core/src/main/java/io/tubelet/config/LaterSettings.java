package io.tubelet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Settings that files of earlier versions lack, each with what went without saying then. */
public final class LaterSettings {
  private LaterSettings() {}

  /** A configuration as it would be written today; the given tree stays as it is. */
  public static JsonNode completed(JsonNode saved) {
    JsonNode completed = saved.deepCopy();
    if (completed.path("model").path("decoder") instanceof ObjectNode decoder) {
      decoder.putIfAbsent("attention", decoder.textNode("self"));
    }
    if (completed instanceof ObjectNode run && run.has("mask") && run.has("train")) {
      run.putIfAbsent("decoder-mask", run.objectNode().put("ratio", 0.0));
      run.putIfAbsent("loss", run.textNode("mse"));
    }
    if (completed.path("train") instanceof ObjectNode train) {
      train.putIfAbsent("gradient-compression", train.textNode("none"));
      train.putIfAbsent("shard-optimizer", train.booleanNode(false));
    }
    return completed;
  }
}
