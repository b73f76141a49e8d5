package io.tubelet.probe;

import org.bytedeco.pytorch.Tensor;

/** A frozen model as the probes see it: pixels in, features out. */
public interface Backbone {
  /**
   * The features of some clips; called without a graph, within a scope that frees what it makes.
   *
   * @param pixels {@code [B, T, H, W, 3]} bytes
   * @param clips B
   * @return {@code [B, D]}, one vector a clip, or {@code [B, N, D]}, one a token
   */
  Tensor features(byte[] pixels, int clips);

  /**
   * What it is recognised by: its weights ({@link BackboneDigest}) and whatever else decides its
   * features, such as the pooling.
   */
  String digest();
}
