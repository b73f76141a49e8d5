package io.tubelet.dataset;

/**
 * A listed video that is not there.
 *
 * @param place file and line that list it
 * @param name as the list has it
 */
public record MissingVideo(String place, String name) {

  @Override
  public String toString() {
    return "%s: no such video: %s".formatted(place, name);
  }
}
