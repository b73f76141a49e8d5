package io.tubelet.study;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of a study's table.
 *
 * @param name of the line
 * @param beginning where its weights come from
 * @param set what differs in the pre-training
 */
public record Row(String name, Beginning beginning, Map<String, JsonNode> set) {

  /** Where the weights of a row come from. */
  public enum Beginning {
    /** Its own pre-training. */
    PRETRAINED,
    /** Nowhere: it is trained with labels only. */
    SCRATCH,
    /** Nowhere, and it stays so: probes of an encoder that never saw a video. */
    UNTRAINED
  }

  public Row {
    set = new LinkedHashMap<>(set);
  }

  /** The name as that of a folder. */
  String folder() {
    return name.replaceAll("[^\\p{Alnum}.=-]+", "-").replaceAll("^[.-]+|-+$", "");
  }
}
