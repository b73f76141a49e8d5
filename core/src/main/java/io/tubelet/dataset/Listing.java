package io.tubelet.dataset;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a layout says of a data set, before any of it is checked.
 *
 * @param classes the classes that the labels count in
 * @param clips in the order of the list
 */
record Listing(ClassNames classes, List<Clip> clips) {

  /**
   * One listed clip.
   *
   * @param place which file, and line if there is one, lists it
   * @param name as the list has it, with {@code /} between its parts
   * @param file null where there is none
   */
  record Clip(String place, String name, @Nullable Path file, int label) {}
}
