package io.tubelet.probe;

import java.util.List;

/** How a probe learns, several settings at once. */
public sealed interface ProbeConfig
    permits AttentiveProbeConfig, KnnProbeConfig, LinearProbeConfig, LogisticProbeConfig {
  /** All that are tried. */
  List<Setting> settings();

  /** The same with one of its settings only. */
  ProbeConfig only(int setting);

  /** Whether the chosen setting is fitted again to training and validation clips together. */
  boolean refit();
}
