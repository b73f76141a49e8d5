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
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
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
    return gradients(activations, (stack, tokens) -> stack.forward(tokens, drop));
  }

  private static Map<String, Tensor> gradients(
      Activations activations, BiFunction<BlockStack, Tensor, Tensor> forward) {
    Compute compute = Compute.CPU_FP32.with(activations);
    try (BlockStack stack = new BlockStack(DEPTH, WIDTH, 2, BlockConfig.VIDEO_MAE, 0.3, compute)) {
      Map<String, Tensor> parameters = stack.parameters();
      fill(parameters);
      Tensor tokens = random(2, 5, WIDTH).set_requires_grad(true);
      forward.apply(stack, tokens).square().sum().backward();
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

  @ParameterizedTest
  @ValueSource(strings = {"keep", "recompute-first-3", "recompute"})
  void forward_aPartWanted_isThatPartOfTheWhole(String text) {
    UnaryOperator<Tensor> part = x -> x.narrow(1, 2, 3);
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> whole =
          gradients(Activations.KEEP, (stack, x) -> part.apply(stack.forward(x)));
      Map<String, Tensor> alone =
          gradients(Activations.parse(text), (stack, x) -> stack.forward(x, part));
      assertThat(alone.keySet()).isEqualTo(whole.keySet());
      whole.forEach(
          (name, expected) -> {
            double scale = expected.abs().max().item_double();
            assertThat(scale).as(name).isPositive();
            assertThat(difference(alone.get(name), expected)).as(name).isLessThan(1e-4 * scale);
          });
    }
  }

  @Test
  void cross_blocksRecomputed_givesTheSameGradientsBitForBit() {
    try (TensorScope scope = new TensorScope()) {
      Map<String, Tensor> kept = gradients(Activations.KEEP, (stack, x) -> stack.cross(x, 3));
      Map<String, Tensor> recomputed =
          gradients(Activations.RECOMPUTE, (stack, x) -> stack.cross(x, 3));
      kept.forEach(
          (name, expected) -> {
            assertThat(expected.abs().max().item_double()).as(name).isPositive();
            assertThat(difference(recomputed.get(name), expected)).as(name).isZero();
          });
    }
  }

  /** Of five tokens the last three ask the first two. */
  @Test
  void cross_aTokenChanged_reachesThoseThatAskItAndItself() {
    try (TensorScope scope = new TensorScope();
        BlockStack stack =
            new BlockStack(DEPTH, WIDTH, 2, BlockConfig.VIDEO_MAE, 0, Compute.CPU_FP32)) {
      fill(stack.parameters());
      Tensor tokens = random(1, 5, WIDTH);
      Tensor before = stack.cross(tokens, 3);

      assertThat(changed(before, stack.cross(with(tokens, 1), 3))).containsExactly(0, 1, 2);
      assertThat(changed(before, stack.cross(with(tokens, 3), 3))).containsExactly(1);
    }
  }

  private static Tensor with(Tensor tokens, long changed) {
    Tensor others = tokens.clone();
    others.select(1, changed).copy_(random(1, WIDTH)); // a shift or factor is normalised away
    return others;
  }

  private static List<Integer> changed(Tensor before, Tensor after) {
    return IntStream.range(0, (int) before.size(1))
        .filter(i -> difference(before.select(1, i), after.select(1, i)) > 0)
        .boxed()
        .toList();
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
