package io.tubelet.probe;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Clips that vote for their own class.
 *
 * @param bank directions of the clips that vote, {@code [n, D]} of length 1
 * @param labels their classes, {@code [n]}
 */
record NeighbourVotes(
    Standardisation standardisation, Tensor bank, Tensor labels, int classes, KnnProbeConfig config)
    implements FittedProbe {
  /** What a class without a vote counts as, so that a miss costs something finite. */
  private static final double LEAST = 1e-6;

  /** {@code features [n, V, D] -> [n, D]}: standardised, averaged over views, of length 1. */
  static Tensor directions(Tensor features, Standardisation standardisation) {
    Tensor mean = standardisation.apply(features).mean(1); // [n, D]
    Tensor length = mean.norm(new ScalarOptional(new Scalar(2)), new long[] {1}, true);
    return mean.div(length.clamp_min(new Scalar(1e-12)));
  }

  @Override
  public long valuesPerClip(long views, long width) {
    return Math.max(views * width, bank.size(0));
  }

  @Override
  public Tensor logProbabilities(Tensor features) {
    Tensor queries = // [b, D]
        directions(features.to(bank.device(), bank.scalar_type().intern()), standardisation);
    Tensor cosines = torch.matmul(queries, bank.t()); // [b, n]
    T_TensorTensor_T nearest = torch.topk(cosines, config.most(), 1, true, true);
    Tensor votes = nearest.get0().div(new Scalar(config.temperature())); // [b, K], nearest first
    Tensor votedFor = labels.index_select(0, nearest.get1().flatten()).view(-1, config.most());
    TensorVector judged = new TensorVector();
    for (int k : config.neighbours()) {
      Tensor weights = votes.narrow(1, 0, k).softmax(1); // exp(s / T), shares of all votes
      Tensor none = torch.zeros(new long[] {queries.size(0), classes}, queries.options());
      judged.push_back(none.scatter_add_(1, votedFor.narrow(1, 0, k), weights));
    }
    return torch.stack(judged).clamp_min(new Scalar(LEAST)).log(); // [S, b, C]
  }
}
