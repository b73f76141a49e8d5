package io.tubelet.cli;

import io.tubelet.probe.AttentiveProbe;
import io.tubelet.probe.AttentiveProbeConfig;
import io.tubelet.probe.KnnProbe;
import io.tubelet.probe.KnnProbeConfig;
import io.tubelet.probe.LinearProbe;
import io.tubelet.probe.LinearProbeConfig;
import io.tubelet.probe.LogisticProbe;
import io.tubelet.probe.LogisticProbeConfig;
import io.tubelet.probe.Probe;
import io.tubelet.tensor.Placement;

/** The probes by the words of the command line. */
enum ProbeKind {
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
  boolean ofTokens() {
    return this == ATTENTIVE;
  }

  Probe probe(Placement placement) {
    return switch (this) {
      case LINEAR -> new LinearProbe(LinearProbeConfig.SWEEP, placement);
      case VIDEO_MAE -> new LinearProbe(LinearProbeConfig.VIDEO_MAE, placement);
      case LOGISTIC -> new LogisticProbe(LogisticProbeConfig.DEFAULT, placement);
      case ATTENTIVE -> new AttentiveProbe(AttentiveProbeConfig.DEFAULT, placement);
      case KNN -> new KnnProbe(KnnProbeConfig.DEFAULT, placement);
    };
  }
}
