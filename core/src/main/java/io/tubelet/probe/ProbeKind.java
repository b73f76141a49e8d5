package io.tubelet.probe;

import io.tubelet.tensor.Placement;

/** The probes by the words that people ask for them with. */
public enum ProbeKind {
  /** SGD over a grid of learning rates and decays, batch normalisation. */
  LINEAR,
  /** SGD with the one setting of VideoMAE's Table 11. */
  VIDEO_MAE,
  /** Multinomial logistic regression, solved to the end. */
  LOGISTIC,
  /** One query that attends to all tokens. */
  ATTENTIVE,
  /** The votes of the nearest neighbours. */
  KNN;

  /** Whether it looks at each token rather than at their mean. */
  public boolean ofTokens() {
    return this == ATTENTIVE;
  }

  /** The probe, with its settings. */
  public Probe probe(Placement placement) {
    return switch (this) {
      case LINEAR -> new LinearProbe(LinearProbeConfig.SWEEP, placement);
      case VIDEO_MAE -> new LinearProbe(LinearProbeConfig.VIDEO_MAE, placement);
      case LOGISTIC -> new LogisticProbe(LogisticProbeConfig.DEFAULT, placement);
      case ATTENTIVE -> new AttentiveProbe(AttentiveProbeConfig.DEFAULT, placement);
      case KNN -> new KnnProbe(KnnProbeConfig.DEFAULT, placement);
    };
  }
}
