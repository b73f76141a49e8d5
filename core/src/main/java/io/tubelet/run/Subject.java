package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.data.BatchSpec;
import io.tubelet.nn.Layer;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.report.TensorBoardWriter;
import io.tubelet.train.Task;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * What a run learns: all that a {@link Sitting} must know of it.
 *
 * @param <M> the model that learns
 */
interface Subject<M extends Layer> {

  /** The model that is trained. */
  M model();

  /** Another model of the same shape, with whatever weights; the caller closes it. */
  M another();

  /** What is trained, by name. */
  default Map<String, Tensor> parameters() {
    return model().parameters();
  }

  /** How the parameters are updated. */
  List<ParameterGroup> groups();

  /** How it learns. */
  Task<M> task();

  /** What batches are made of. */
  BatchSpec batches();

  /** Whether clip i of a batch may be mixed with the i-th from its end. */
  default boolean mixesPairs() {
    return false;
  }

  /** The configuration that travels with the weights. */
  JsonNode description();

  /** Where the first weights came from. */
  String startedFrom();

  /** The weights to be used later: what a checkpoint's model file holds. */
  default Map<String, Tensor> weights() {
    return parameters();
  }

  /** What else a resumed run needs, by names that no optimizer uses. */
  default Map<String, Tensor> memory() {
    return Map.of();
  }

  /**
   * The run will go on after this update.
   *
   * @param curves of the run, for more of them
   */
  default void resume(long step, TensorBoardWriter curves) throws IOException {}

  /**
   * The run goes on after this update, with the weights that it left.
   *
   * @return whether the run is to be saved again
   */
  default boolean onBegin(long step) throws IOException, InterruptedException {
    return false;
  }

  /**
   * An update is done.
   *
   * @return whether the run is to be saved now
   */
  default boolean onStep(long step) throws IOException, InterruptedException {
    return false;
  }

  /** What is known of the present weights besides the training loss. */
  default Map<String, Double> metrics() {
    return Map.of();
  }
}
