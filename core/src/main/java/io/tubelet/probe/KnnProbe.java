package io.tubelet.probe;

import io.tubelet.tensor.Placement;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Nearest neighbours by the cosine of features, each clip being the mean of its views
 * (https://arxiv.org/abs/1805.01978 gives the weighting). Nothing is learnt.
 *
 * @param placement where neighbours are sought; features may lie elsewhere
 */
public record KnnProbe(KnnProbeConfig config, Placement placement) implements Probe {
  @Override
  public String kind() {
    return "knn";
  }

  @Override
  public KnnProbe only(int setting) {
    return new KnnProbe(config.only(setting), placement);
  }

  @Override
  public boolean judgesTraining() {
    return false;
  }

  @Override
  public void check(ProbeData data) {
    if (config.most() > data.train().clips()) {
      throw new IllegalArgumentException(
          "neighbours must be at most the clips of the training set: k=%d, clips=%d"
              .formatted(config.most(), data.train().clips()));
    }
  }

  @Override
  public FittedProbe fit(FeatureSet train, int classes) {
    Tensor features = train.features().to(placement.device(), ScalarType.Double); // [n, V, D]
    Tensor rows = features.flatten(0, 1); // [n V, D]
    Standardisation standardisation =
        config.standardise() ? Standardisation.of(rows) : Standardisation.none(rows);
    return new NeighbourVotes(
        standardisation,
        NeighbourVotes.directions(features, standardisation),
        train.labelsBeside(features),
        classes,
        config);
  }
}
