package io.tubelet.dataset;

import io.tubelet.data.DataException;
import java.util.HashMap;
import java.util.Map;

/** From the name of a class to its label. */
final class ClassIndex {
  private final ClassNames classes;
  private final Map<String, Integer> labels = new HashMap<>();

  ClassIndex(ClassNames classes) {
    this.classes = classes;
    for (int label = 0; label < classes.size(); label++) {
      labels.put(classes.name(label), label);
    }
  }

  ClassNames classes() {
    return classes;
  }

  /**
   * The label of a class.
   *
   * @param place which file, and line if there is one, names it
   */
  int label(String name, String place) throws DataException {
    Integer label = labels.get(name);
    if (label == null) {
      throw new DataException(
          "%s: class '%s' is not in the class list, which has %d classes from '%s' to '%s'"
              .formatted(
                  place, name, classes.size(), classes.name(0), classes.name(classes.size() - 1)));
    }
    return label;
  }
}
