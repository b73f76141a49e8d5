package io.tubelet.objective;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Losses of a classifier: means over the batch of {@code logits [B, C]}. */
public final class CrossEntropy {
  private CrossEntropy() {}

  /** Against a distribution a clip, {@code targets [B, C]}: what mixup and cutmix make. */
  public static Tensor ofDistributions(Tensor logits, Tensor targets) {
    return torch.log_softmax(logits, 1).mul(targets).sum(1).neg().mean();
  }

  /**
   * Against one label a clip, {@code labels [B]} int64, {@code (1 - s) * nll + s * mean(-log p)}.
   *
   * @param smoothing share s that is spread over all classes; 0 for plain cross entropy
   */
  public static Tensor ofLabels(Tensor logits, Tensor labels, double smoothing) {
    Tensor minusLog = torch.log_softmax(logits, 1).neg(); // [B, C]
    Tensor label = minusLog.gather(1, labels.unsqueeze(1)).mean();
    return label.mul(new Scalar(1 - smoothing)).add(minusLog.mean().mul(new Scalar(smoothing)));
  }
}
