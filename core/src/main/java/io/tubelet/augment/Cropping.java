package io.tubelet.augment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tubelet.clip.CropBox;
import java.util.random.RandomGenerator;

/**
 * Chooses the rectangle of a video that becomes a clip. Every way the project knows is listed here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RandomResizedCrop.class, name = "random-resized"),
  @JsonSubTypes.Type(value = MultiScaleCrop.class, name = "multi-scale"),
  @JsonSubTypes.Type(value = CentreCrop.class, name = "centre")
})
public sealed interface Cropping permits RandomResizedCrop, MultiScaleCrop, CentreCrop {

  /**
   * One box, inside the source; the same generator state gives the same box.
   *
   * @param sourceHeight pixels of a source frame
   * @param sourceWidth pixels of a source frame
   * @param height pixels that the box is resized to
   * @param width pixels that the box is resized to
   */
  CropBox draw(int sourceHeight, int sourceWidth, int height, int width, RandomGenerator rng);

  /** How the box is resized, a part of the official recipes. */
  Resampling resampling();
}
