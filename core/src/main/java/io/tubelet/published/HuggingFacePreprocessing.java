package io.tubelet.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code preprocessor_config.json} says is done to each frame: resize so that the shorter side
 * fits, crop the middle, scale bytes, subtract and divide per channel. In this order, each step on
 * or off.
 *
 * @param shortestEdge length of the shorter side after resizing, in pixels
 * @param cropHeight of the middle that is kept, in pixels
 * @param cropWidth likewise
 * @param resample Pillow's number of the filter; 2 is bilinear
 * @param rescaleFactor what bytes are multiplied with; 1/255 maps them to 0 to 1
 * @param mean per channel, after scaling
 * @param std per channel, after scaling
 */
public record HuggingFacePreprocessing(
    boolean doResize,
    int shortestEdge,
    int resample,
    boolean doCenterCrop,
    int cropHeight,
    int cropWidth,
    boolean doRescale,
    double rescaleFactor,
    boolean doNormalize,
    List<Double> mean,
    List<Double> std) {

  private static final int BILINEAR = 2;
  private static final int SIDE = 224;
  private static final double BYTE_TO_UNIT = 1 / 255.0;

  /** ImageNet's, which both papers normalise with. */
  private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);

  private static final List<Double> STD = List.of(0.229, 0.224, 0.225);

  /** What Transformers takes where the file is silent. */
  private static final List<Double> UNSTATED = List.of(0.5, 0.5, 0.5);

  public HuggingFacePreprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size() || mean.isEmpty()) {
      throw new IllegalArgumentException(
          "image_mean and image_std must have one number per channel, have %d and %d"
              .formatted(mean.size(), std.size()));
    }
    if (shortestEdge < 1 || cropHeight < 1 || cropWidth < 1) {
      throw new IllegalArgumentException(
          "size and crop_size must be at least 1: %d, %d x %d"
              .formatted(shortestEdge, cropHeight, cropWidth));
    }
  }

  /** How the published models were trained, at this side length. */
  public static HuggingFacePreprocessing ofSide(int side) {
    return new HuggingFacePreprocessing(
        true, side, BILINEAR, true, side, side, true, BYTE_TO_UNIT, true, MEAN, STD);
  }

  /**
   * Reads the file's content, in today's form and in that of the first published models, where
   * {@code size} is a bare number; absent fields have the values Transformers gives them.
   *
   * @throws IllegalArgumentException naming the field and what would be right
   */
  public static HuggingFacePreprocessing read(JsonNode json) {
    int shortest = side(json.path("size"), "shortest_edge", SIDE);
    return new HuggingFacePreprocessing(
        json.path("do_resize").asBoolean(true),
        shortest,
        json.path("resample").asInt(BILINEAR),
        json.path("do_center_crop").asBoolean(true),
        side(json.path("crop_size"), "height", shortest),
        side(json.path("crop_size"), "width", shortest),
        json.path("do_rescale").asBoolean(true),
        json.path("rescale_factor").asDouble(BYTE_TO_UNIT),
        json.path("do_normalize").asBoolean(true),
        numbers(json, "image_mean", UNSTATED),
        numbers(json, "image_std", UNSTATED));
  }

  /** The file's content. */
  public ObjectNode write() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("crop_size").put("height", cropHeight).put("width", cropWidth);
    json.put("do_center_crop", doCenterCrop).put("do_normalize", doNormalize);
    json.put("do_rescale", doRescale).put("do_resize", doResize);
    ArrayNode means = json.putArray("image_mean");
    mean.forEach(means::add);
    json.put("image_processor_type", "VideoMAEImageProcessor");
    ArrayNode stds = json.putArray("image_std");
    std.forEach(stds::add);
    json.put("resample", resample).put("rescale_factor", rescaleFactor);
    json.putObject("size").put("shortest_edge", shortestEdge);
    return json;
  }

  private static int side(JsonNode size, String field, int otherwise) {
    JsonNode side = size.isObject() ? size.path(field) : size;
    if (side.isMissingNode() && !size.isObject()) {
      return otherwise;
    }
    if (!side.isIntegralNumber() || !side.canConvertToInt()) {
      throw new IllegalArgumentException("%s should be an integer in %s".formatted(field, size));
    }
    return side.intValue();
  }

  private static List<Double> numbers(JsonNode json, String field, List<Double> otherwise) {
    if (!json.has(field)) {
      return otherwise;
    }
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : json.get(field)) {
      if (!number.isNumber()) {
        throw new IllegalArgumentException(
            "%s should be numbers, is %s".formatted(field, json.get(field)));
      }
      numbers.add(number.doubleValue());
    }
    return numbers;
  }
}
