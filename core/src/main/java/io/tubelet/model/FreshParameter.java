package io.tubelet.model;

import io.tubelet.nn.Layer;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A parameter that is given its first values. Numbers are drawn on the CPU and then copied, so that
 * a seed means the same weights on every device.
 *
 * @param name as in {@link Layer#parameters}
 * @param all the model's parameters, to find a bias's weight
 */
record FreshParameter(String name, Tensor value, Map<String, Tensor> all) {

  /** Draws every parameter of a model, in order, from libtorch's generator. */
  static void drawAll(Layer model, long seed, Consumer<FreshParameter> draw) {
    torch.manual_seed(seed);
    Map<String, Tensor> all = model.parameters();
    all.forEach(
        (name, value) -> {
          try (TensorScope scope = new TensorScope()) {
            draw.accept(new FreshParameter(name, value, all));
          }
        });
  }

  boolean isNamed(String ending) {
    return name.endsWith(ending);
  }

  /** A token or a table of positions. */
  boolean isTable() {
    return name.contains("pos_embed.") || isNamed("cls_token.token") || isNamed("mask_token");
  }

  /** The weight of a linear layer. */
  boolean isMatrix() {
    return value.dim() == 2;
  }

  /** The bias of a linear layer or of the patch projection, not of a layer norm. */
  boolean isLinearBias() {
    return isNamed("bias") && weight().dim() > 1;
  }

  /** Inputs of one output, of this weight or of the weight that this bias belongs to. */
  long fanIn() {
    Tensor weight = weight();
    return weight.numel() / weight.size(0);
  }

  private Tensor weight() {
    return isNamed(".bias") ? all.getOrDefault(name.replace(".bias", ".weight"), value) : value;
  }

  /** Uniform with the bound of Glorot and Bengio, {@code sqrt(6 / (in + out))}. */
  void xavier(long in, long out) {
    uniform(Math.sqrt(6.0 / (in + out)));
  }

  /** Uniform in {@code 1 / sqrt(in)} to either side: where PyTorch's linear and conv start. */
  void torchDefault() {
    uniform(1 / Math.sqrt((double) fanIn()));
  }

  private void uniform(double bound) {
    set(draft -> draft.uniform_(-bound, bound, new GeneratorOptional()));
  }

  /** Normal around zero, as if drawn again until it lies within {@code [-cut, cut]}. */
  void truncatedNormal(double std, double cut) {
    double root2 = Math.sqrt(2);
    double edge = torch.scalar_tensor(new Scalar(cut / std / root2)).erf().item_double();
    set(
        draft ->
            draft
                .uniform_(-edge, edge, new GeneratorOptional())
                .erfinv_()
                .mul_(new Scalar(std * root2))
                .clamp_(new ScalarOptional(new Scalar(-cut)), new ScalarOptional(new Scalar(cut))));
  }

  private void set(Consumer<Tensor> filling) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      Tensor draft = torch.empty(Shapes.of(value));
      filling.accept(draft);
      value.copy_(draft);
    }
  }
}
