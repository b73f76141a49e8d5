package io.tubelet.model;

import io.tubelet.nn.BatchNorm;
import io.tubelet.nn.Layer;
import io.tubelet.nn.Linear;
import io.tubelet.tensor.Compute;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Linear layers without biases, each followed by a batch normalisation: with a learnt scale and
 * shift and a ReLU in between, with neither at the end (MoCo v3, https://arxiv.org/abs/2104.02057,
 * section 4.1).
 */
final class ContrastiveHead extends Layer {
  private final List<Linear> products = new ArrayList<>();
  private final List<BatchNorm> norms = new ArrayList<>();

  /**
   * @param layers number of linear layers
   */
  ContrastiveHead(int layers, int in, HeadsConfig size, Compute compute) {
    for (int i = 0; i < layers; i++) {
      boolean last = i == layers - 1;
      int from = i == 0 ? in : size.hidden();
      int to = last ? size.output() : size.hidden();
      products.add(child("fc" + (i + 1), new Linear(from, to, false, compute)));
      norms.add(child("norm" + (i + 1), new BatchNorm(to, !last, compute)));
    }
  }

  /** {@code x [B, in] -> [B, K]} float32. */
  Tensor forward(Tensor x) {
    int last = products.size() - 1;
    for (int i = 0; i < last; i++) {
      x = torch.relu(norms.get(i).forward(products.get(i).forward(x)));
    }
    return norms.get(last).forward(products.get(last).forward(x));
  }
}
