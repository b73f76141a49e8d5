package io.tubelet.measure;

import java.util.List;
import java.util.stream.Collectors;

/** Something in which cases can differ. */
interface Parameter<C> {

  /** Words that say this of a case without a heading; empty where there is nothing to say. */
  String text(C measured);

  /** Everything that is said of a case by these. */
  static <C> String text(List<? extends Parameter<C>> parameters, C measured) {
    return parameters.stream()
        .map(p -> p.text(measured))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }
}
