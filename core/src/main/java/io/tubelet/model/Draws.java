package io.tubelet.model;

import io.tubelet.tensor.Shapes;
import java.util.function.Consumer;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Fills a parameter with random numbers. They are drawn on the CPU and then copied, so that a seed
 * means the same weights on every device.
 */
final class Draws {
  private Draws() {}

  /** Uniform in {@code [-bound, bound]}. */
  static void uniform(Tensor parameter, double bound) {
    draw(parameter, draft -> draft.uniform_(-bound, bound, new GeneratorOptional()));
  }

  /** Uniform with the bound of Glorot and Bengio, {@code sqrt(6 / (in + out))}. */
  static void xavier(Tensor parameter, long in, long out) {
    uniform(parameter, Math.sqrt(6.0 / (in + out)));
  }

  /** Uniform in {@code 1 / sqrt(in)} to either side: what PyTorch's linear and conv start from. */
  static void torchDefault(Tensor parameter, long in) {
    uniform(parameter, 1 / Math.sqrt((double) in));
  }

  /** Normal around zero. */
  static void normal(Tensor parameter, double std) {
    draw(parameter, draft -> draft.normal_(0, std, new GeneratorOptional()));
  }

  /** Normal around zero, redrawn as it were until within {@code [-cut, cut]}. */
  static void truncatedNormal(Tensor parameter, double std, double cut) {
    double edge =
        torch.erf(torch.scalar_tensor(new Scalar(cut / std / Math.sqrt(2)))).item_double();
    draw(
        parameter,
        draft ->
            draft
                .uniform_(-edge, edge, new GeneratorOptional())
                .erfinv_()
                .mul_(new Scalar(std * Math.sqrt(2)))
                .clamp_(new ScalarOptional(new Scalar(-cut)), new ScalarOptional(new Scalar(cut))));
  }

  private static void draw(Tensor parameter, Consumer<Tensor> filling) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      Tensor draft = torch.empty(Shapes.of(parameter));
      filling.accept(draft);
      parameter.copy_(draft);
    }
  }
}
