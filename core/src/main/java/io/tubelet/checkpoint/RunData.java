package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The videos of a run.
 *
 * @param training what is learnt from
 * @param validation what the model is looked at with, and the best checkpoint chosen by; null where
 *     nothing is, and in checkpoints of before it was written down
 */
public record RunData(DataSource training, @Nullable DataSource validation) {

  /** Where {@code now} is not the same; what was not written down cannot differ. */
  void compare(RunData now, Map<String, String> differences) {
    if (!training.equals(now.training)) {
      differences.put("the videos", "were %s, are %s".formatted(training, now.training));
    }
    if (validation != null && !validation.equals(now.validation)) {
      differences.put(
          "the validation videos", "were %s, are %s".formatted(validation, now.validation));
    }
  }

  ObjectNode toJson() {
    ObjectNode json = training.toJson();
    if (validation != null) {
      json.set("validation", validation.toJson());
    }
    return json;
  }

  static RunData read(JsonFile json) throws CheckpointException {
    return new RunData(
        DataSource.read(json),
        json.has("validation") ? DataSource.read(json.child("validation")) : null);
  }
}
