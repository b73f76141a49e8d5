package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tubelet.config.Recipes;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What every row of a study has at a key, whether it says so itself or its recipe does. */
final class Settings {
  private final StudyConfig study;
  private final Map<Stage, JsonNode> trees = new HashMap<>();

  Settings(StudyConfig study) {
    this.study = study;
  }

  /** The value at a key such as {@code mask.ratio}; empty where the row has no such setting. */
  Optional<JsonNode> of(Row row, String key) throws IOException {
    if (row.set().containsKey(key)) {
      return Optional.of(row.set().get(key));
    }
    return switch (key) {
      case Row.RECIPE -> Optional.of(new TextNode(study.pretraining(row).recipe()));
      case Row.CHECKPOINT, Row.LINE -> Optional.empty();
      case Row.VIDEOS -> Optional.of(new DoubleNode(study.videos()));
      case Row.LABELS -> Optional.of(new DoubleNode(study.labels()));
      default ->
          key.startsWith(Row.FINE_TUNING)
              ? at(study.training(row), key.substring(Row.FINE_TUNING.length()))
              : at(study.pretraining(row), key);
    };
  }

  private Optional<JsonNode> at(Stage stage, String key) throws IOException {
    if (!stage.wanted()) {
      return Optional.empty();
    }
    JsonNode tree = trees.get(stage);
    if (tree == null) {
      tree = Recipes.tree(stage.recipe(), stage.overrides());
      trees.put(stage, tree);
    }
    JsonNode found = tree.at("/" + key.replace('.', '/'));
    return found.isMissingNode() ? Optional.empty() : Optional.of(found);
  }
}
