package io.tubelet.convert;

import io.tubelet.clip.ClipShape;
import io.tubelet.model.PositionInterpolation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Learnt positions carried to another clip, and from one kind of table to another where that is
 * exact.
 *
 * @param tensors the weights at hand
 * @param from the clip they were learnt on
 * @param to the clip of the model that wants them
 */
record PositionTables(Map<String, Tensor> tensors, ClipShape from, ClipShape to) {
  private static final String MARK = "pos_embed.";

  /** A table of this name, e.g. {@code encoder.pos_embed.spatial}; none where nothing fits it. */
  Optional<Adapted> of(String name) {
    int mark = name.indexOf(MARK);
    if (mark < 0) {
      return Optional.empty();
    }
    String stem = name.substring(0, mark) + MARK;
    Tensor joint = tensors.get(stem + "joint"); // [1, (1 +) N, D]
    Tensor spatial = tensors.get(stem + "spatial"); // [1, places, D]
    Tensor temporal = tensors.get(stem + "temporal"); // [1, slots, D]
    if (joint != null) {
      boolean classRow = joint.size(1) == from.tokens() + 1;
      return ofJoint(name.substring(stem.length()), stem, joint, classRow);
    }
    if (spatial == null || temporal == null) {
      return Optional.empty();
    }
    return switch (name.substring(stem.length())) {
      case "spatial" ->
          Optional.of(
              new Adapted(
                  PositionInterpolation.spatial(spatial, from, to),
                  List.of(name),
                  "bicubic from %d x %d places to %d x %d"
                      .formatted(from.rows(), from.columns(), to.rows(), to.columns())));
      case "temporal" ->
          Optional.of(
              new Adapted(
                  PositionInterpolation.temporal(temporal, to.slots()),
                  List.of(name),
                  "linear from %d time slots to %d".formatted(from.slots(), to.slots())));
      case "joint" -> Optional.of(joined(stem, spatial, temporal));
      default -> Optional.empty();
    };
  }

  /** Rows of places and of slots added up: what the separable table means. */
  private Adapted joined(String stem, Tensor spatial, Tensor temporal) {
    Tensor places = PositionInterpolation.spatial(spatial, from, to);
    Tensor slots = PositionInterpolation.temporal(temporal, to.slots());
    Tensor rows =
        slots.transpose(0, 1).add(places).reshape(1, to.tokens(), places.size(2)); // [1, N, D]
    Tensor classRow = tensors.get(stem + "class");
    return classRow == null
        ? new Adapted(rows, List.of(stem + "spatial", stem + "temporal"), "spatial plus temporal")
        : new Adapted(
            torch.cat(new TensorVector(classRow, rows), 1),
            List.of(stem + "class", stem + "spatial", stem + "temporal"),
            "spatial plus temporal, after the class token's row");
  }

  private Optional<Adapted> ofJoint(String wanted, String stem, Tensor joint, boolean classRow) {
    int extra = classRow ? 1 : 0;
    List<String> source = List.of(stem + "joint");
    if (wanted.equals("joint")) {
      return Optional.of(
          new Adapted(
              PositionInterpolation.joint(joint, extra, from, to),
              source,
              "bicubic and linear from %s to %s".formatted(grid(from), grid(to))));
    }
    if (from.slots() != 1) {
      return Optional.empty(); // a table learnt over time and space does not come apart
    }
    return switch (wanted) {
      case "class" ->
          Optional.of(
              new Adapted(joint.narrow(1, 0, extra), source, "the class token's row of the table"));
      case "spatial" ->
          Optional.of(
              new Adapted(
                  PositionInterpolation.spatial(joint.narrow(1, extra, from.tokens()), from, to),
                  source,
                  "an image's rows, to " + grid(to)));
      case "temporal" ->
          Optional.of(
              new Adapted(
                  torch.zeros_like(joint.narrow(1, 0, 1)).repeat(1, to.slots(), 1),
                  source,
                  "zero: an image knows no time"));
      default -> Optional.empty();
    };
  }

  private static String grid(ClipShape clip) {
    return "%d x %d x %d".formatted(clip.slots(), clip.rows(), clip.columns());
  }
}
