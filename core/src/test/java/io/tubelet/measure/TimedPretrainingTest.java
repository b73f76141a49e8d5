package io.tubelet.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.data.Batch;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.TensorScope;
import io.tubelet.train.PretrainTask;
import io.tubelet.train.Task;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimedPretrainingTest {
  private static final List<Phase> OF_A_LESSON =
      List.of(
          Phase.HAND_OVER, Phase.PIXELS, Phase.ENCODER, Phase.DECODER, Phase.LOSS, Phase.BACKWARD);

  private final Timeline timeline = new Timeline();

  @ParameterizedTest
  @EnumSource(Family.class)
  void sparse_sameBatch_hasTheTrainersLossAndGradients(Family family) {
    StepCase step = Cases.small(family, Encoding.SPARSE);
    Batch batch = PretrainStep.batch(step);
    try (TensorScope scope = new TensorScope();
        MaskedAutoencoder model = MaskedAutoencoder.fresh(step.model(), step.compute(), 3)) {
      Task<MaskedAutoencoder> trainers = new PretrainTask(step.objective(), Placement.CPU);
      float[] expected = lossAndGradients(trainers, model, batch);
      float[] actual = lossAndGradients(timed(step), model, batch);

      assertThat(actual).isEqualTo(expected);
      assertThat(expected[0]).isGreaterThan(0.1f);
    }
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void lesson_learnt_notesItsPhasesOnce(Encoding encoding) {
    StepCase step = Cases.small(Family.MAE_ST, encoding);
    try (TensorScope scope = new TensorScope();
        MaskedAutoencoder model = MaskedAutoencoder.fresh(step.model(), step.compute(), 3)) {
      lossAndGradients(timed(step), model, PretrainStep.batch(step));

      assertThat(timeline.take()).extracting(Span::phase).isEqualTo(OF_A_LESSON);
      assertThat(timeline.take()).isEmpty();
    }
  }

  /** The same weights and batch: only what the encoder sees differs. */
  @Test
  void dense_sameBatch_hasAnotherLossThanSparse() {
    StepCase sparse = Cases.small(Family.VIDEOMAE, Encoding.SPARSE);
    StepCase dense = Cases.small(Family.VIDEOMAE, Encoding.DENSE);
    try (TensorScope scope = new TensorScope();
        MaskedAutoencoder model = MaskedAutoencoder.fresh(sparse.model(), sparse.compute(), 3)) {
      Batch batch = PretrainStep.batch(sparse);

      float ofSparse = timed(sparse).loss(model, batch).item_float();
      float ofDense = timed(dense).loss(model, batch).item_float();

      assertThat(ofDense).isNotNaN().isNotEqualTo(ofSparse);
    }
  }

  private TimedPretraining timed(StepCase step) {
    return new TimedPretraining(step.objective(), Placement.CPU, step.encoding(), timeline);
  }

  /** The loss first, then a number for each parameter: the length of its gradient. */
  private static float[] lossAndGradients(
      Task<MaskedAutoencoder> task, MaskedAutoencoder model, Batch batch) {
    Map<String, Tensor> parameters = model.parameters();
    parameters.values().forEach(parameter -> parameter.mutable_grad().put(new Tensor()));
    Tensor loss = task.lesson(batch).differentiate(model, 0, batch.size(), 1);
    float[] numbers = new float[1 + parameters.size()];
    numbers[0] = loss.item_float();
    int i = 1;
    for (Tensor parameter : parameters.values()) {
      numbers[i++] = parameter.grad().norm().item_float();
    }
    return numbers;
  }
}
