package io.tubelet.nn;

import static io.tubelet.fixture.Closeness.difference;
import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.tensor.Activations;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockStackTest {
  private static final int DEPTH = 4;
  private static final int WIDTH = 8;

  /** Drops nothing and counts how often each block, told by its rate, asks for its two branches. */
  private static final class Counting implements DropPath {
    private final Map<Double, Integer> branches = new TreeMap<>();

    @Override
    public Tensor apply(Tensor branch, double rate) {
      branches.merge(rate, 1, Integer::sum);
      return branch;
    }

    @Override
    public DropPath drawn(long clips, int branches, double rate) {
      return this;
    }

    /** Passes over each block, from the first. */
    List<Integer> passes() {
      return branches.values().stream().map(count -> count / 2).toList();
    }
  }

  /** What a forward and backward pass over the same weights and tokens gives. */
  private static Map<String, Tensor> gradients(Activations activations, DropPath drop) {
    Compute compute = Compute.CPU_FP32.with(activations);
    try (BlockStack stack = new BlockStack(DEPTH, WIDTH, 2, BlockConfig.VIDEO_MAE, 0.3, compute)) {
      Map<String, Tensor> parameters = stack.parameters();
      fill(parameters);
      Tensor tokens = random(2, 5, WIDTH).set_requires_grad(true);
      stack.forward(tokens, drop).square().sum().backward();
      Map<String, Tensor> gradients = new LinkedHashMap<>();
      gradients.put("tokens", tokens.grad().clone());
      parameters.forEach((name, weight) -> gradients.put(name, weight.grad().clone()));
      return gradients;
    }
  }

  private static void fill(Map<String, Tensor> parameters) {
    torch.manual_seed(7);
    parameters.values().forEach(weight -> weight.data().copy_(random(Shapes.of(weight))));
  }

  private static Tensor random(long... shape) {
    return torch.randn(shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "recompute-first-1", "recompute-first-3", "recompute"})
  void forwardAndBackward_firstBlocksRecomputed_passTwiceOverThemAlone(String text) {
    Activations activations = Activations.parse(text);
    Counting counting = new Counting();
    try (TensorScope scope = new TensorScope()) {
      gradients(activations, counting);
    }
    assertThat(counting.passes())
        .isEqualTo(
            IntStream.range(0, DEPTH)
                .mapToObj(block -> block < activations.blocks() ? 2 : 1)
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"recompute-first-1", "recompute-first-3", "recompute"})
  void backward_firstBlocksRecomputed_givesTheSameGradientsBitForBit(String text) {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> kept = gradients(Activations.KEEP, DropPath.drawing(drawing()));
      Map<String, Tensor> recomputed =
          gradients(Activations.parse(text), DropPath.drawing(drawing()));
      assertThat(recomputed.keySet()).isEqualTo(kept.keySet());
      kept.forEach(
          (name, expected) -> {
            assertThat(expected.abs().max().item_double()).as(name).isPositive();
            assertThat(difference(recomputed.get(name), expected)).as(name).isZero();
          });
    }
  }

  /** The same numbers in each pass, another one at each call: both clips stay or one goes. */
  private static LongFunction<Tensor> drawing() {
    SplittableRandom rng = new SplittableRandom(3);
    return clips -> {
      Tensor uniform = torch.zeros(clips);
      for (long clip = 0; clip < clips; clip++) {
        uniform.select(0, clip).fill_(new Scalar(rng.nextDouble()));
      }
      return uniform;
    };
  }
}
