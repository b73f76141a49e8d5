package io.tubelet.tokenizer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a discrete variational autoencoder minimises: the loss of its pictures, and its words'
 * divergence from the uniform distribution (DALL-E, section 2.1).
 *
 * <p>The divergence of each place's words, its mean over places, is what they tell of the picture
 * plus the divergence of how often each is said in all. The second part alone can be weighted too:
 * it keeps all words in use and costs no information, which a short training has little of.
 *
 * @param pictures how painted pictures are scored
 * @param divergence weight of the divergence of each place's words, in nats
 * @param balance weight of the divergence of how often each word is said, in nats
 */
public record EvidenceBound(PictureLoss pictures, double divergence, double balance) {
  private static final double TINY = 1e-10;

  /**
   * The loss, which can be differentiated.
   *
   * @param unit pixels in [0, 1], {@code [n, 3, H, W]}
   * @param uniform for the draw of words, in [0, 1), {@code [n, V, h, w]}
   * @param temperature of the draw
   * @param share of the divergence's weight: it grows in the course of a training, as words that
   *     mean nothing yet would all become alike (DALL-E, appendix A.2)
   */
  public Tensor of(
      DiscreteVae model, Tensor unit, Tensor uniform, double temperature, double share) {
    Tensor squeezed = PixelRange.squeeze(unit);
    Tensor scores = model.encoder().forward(squeezed); // [n, V, h, w]
    Tensor painted = model.decoder().forward(GumbelSoftmax.shares(scores, uniform, temperature));
    return pictures
        .of(painted, squeezed)
        .add(ofEach(scores).mul(new Scalar(share * divergence)))
        .add(ofAll(scores).mul(new Scalar(balance)));
  }

  /** What painting the mean costs; its words may be uniform. */
  public Tensor ofMean(Tensor unit) {
    return pictures.ofMean(PixelRange.squeeze(unit));
  }

  /** {@code KL(softmax(scores) || uniform)}, the mean over places: 0 to {@code ln V}. */
  static Tensor ofEach(Tensor scores) {
    Tensor log = torch.log_softmax(scores, 1);
    return log.exp().mul(log).sum(1).mean().add(new Scalar(Math.log((double) scores.size(1))));
  }

  /** {@code KL(mean of softmax(scores) over places || uniform)}: 0 to {@code ln V}. */
  static Tensor ofAll(Tensor scores) {
    Tensor shares = scores.softmax(1).mean(new long[] {0, 2, 3}, false, new ScalarTypeOptional());
    Tensor log = shares.clamp_min(new Scalar(TINY)).log();
    return shares.mul(log).sum().add(new Scalar(Math.log((double) scores.size(1))));
  }
}
