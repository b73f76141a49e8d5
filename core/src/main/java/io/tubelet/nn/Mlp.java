package io.tubelet.nn;

import io.tubelet.tensor.Compute;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Two linear layers around the exact (erf) GELU, which runs in the layer's precision. */
public final class Mlp extends Layer {
  private final Linear fc1;
  private final Linear fc2;

  public Mlp(int width, int hidden, Compute compute) {
    fc1 = child("fc1", new Linear(width, hidden, true, compute));
    fc2 = child("fc2", new Linear(hidden, width, true, compute));
  }

  /** {@code x [B, N, D] -> [B, N, D]}. */
  public Tensor forward(Tensor x) {
    return fc2.forward(torch.gelu(fc1.forward(x)));
  }
}
