package io.tubelet.measure;

/** A part of an update, in the order in which they come. */
public enum Phase {
  /** Bytes of the batch become a tensor. */
  HAND_OVER("hand-over", false),
  /** Clips are cut into tokens, the encoder's are picked and normalised. */
  PIXELS("pixels", true),
  ENCODER("encoder", true),
  DECODER("decoder", true),
  /** The target, and its distance from the prediction. */
  LOSS("loss", true),
  BACKWARD("backward", true),
  /** Gradients to zero, their length, and AdamW. */
  OPTIMIZER("optimizer", false);

  private final String label;
  private final boolean ofReplica;

  Phase(String label, boolean ofReplica) {
    this.label = label;
    this.ofReplica = ofReplica;
  }

  /** The name in results. */
  public String label() {
    return label;
  }

  /** Whether every replica does it, all side by side. */
  boolean ofReplica() {
    return ofReplica;
  }
}
