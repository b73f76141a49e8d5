package io.tubelet.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * All that a run needs to go on as if it had never stopped. The tensors stay the caller's.
 *
 * @param model the model's configuration, which travels inside the file of its weights
 * @param parameters by the model's own names
 * @param optimizer moments, by names of the optimizer's choice
 * @param progress counters and the place in the data, whatever the trainer needs
 */
public record TrainingState(
    JsonNode model,
    Map<String, Tensor> parameters,
    Map<String, Tensor> optimizer,
    JsonNode progress) {}
