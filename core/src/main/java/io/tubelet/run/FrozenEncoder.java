package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.convert.ForeignWeights;
import io.tubelet.convert.LoadRequest;
import io.tubelet.convert.ModelConfig;
import io.tubelet.convert.StrictLoading;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewsConfig;
import io.tubelet.model.Encoder;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.model.VideoClassifier;
import io.tubelet.model.VideoEncoder;
import io.tubelet.nn.Layer;
import io.tubelet.probe.Backbone;
import io.tubelet.probe.BackboneDigest;
import io.tubelet.sample.ClipSampling;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * An encoder that looks at whole clips and learns nothing: what probes stand on. Of an encoder that
 * was pre-trained the latents after its last norm, of a classifier what its head sees.
 */
public final class FrozenEncoder implements Backbone, AutoCloseable {
  private final Layer model;
  private final ClipShape clip;
  private final int width;
  private final PixelNorm pixels;
  private final ClipSampling sampling;
  private final Compute compute;
  private final boolean tokens;
  private final BackboneDigest before;

  private FrozenEncoder(Layer model, ModelConfig config, Compute compute, boolean tokens) {
    this.model = model;
    this.clip = config.clip();
    this.width = config.config().model().encoder().width();
    this.pixels = config.pixels();
    this.sampling = config.config().sampling();
    this.compute = compute;
    this.tokens = tokens;
    before = BackboneDigest.of(model.parameters());
  }

  /**
   * Opens weights of any source that can be read.
   *
   * @param tokens whether features are of each token, rather than their mean
   * @throws IllegalArgumentException when tokens are asked of a classifier, which pools them
   */
  public static FrozenEncoder open(Path path, Compute compute, boolean tokens) throws IOException {
    try (var scope = new TensorScope();
        ForeignWeights weights = ForeignWeights.open(path)) {
      requireTokens(weights.config(), tokens);
      Layer model = weights.config().build(compute);
      try {
        StrictLoading.into(model, weights.config(), weights, LoadRequest.EXACT);
        return new FrozenEncoder(model, weights.config(), compute, tokens);
      } catch (IOException | RuntimeException e) {
        model.close();
        throw e;
      }
    }
  }

  /** The same architecture with weights freshly drawn: what pre-training is measured against. */
  public static FrozenEncoder untrained(Path path, Compute compute, boolean tokens, long seed)
      throws IOException {
    try (var scope = new TensorScope();
        ForeignWeights weights = ForeignWeights.open(path)) {
      requireTokens(weights.config(), tokens);
      Layer model = weights.config().fresh(compute, seed);
      return new FrozenEncoder(model, weights.config(), compute, tokens);
    }
  }

  private static void requireTokens(ModelConfig config, boolean tokens) {
    if (tokens && config instanceof ModelConfig.Classifier) {
      throw new IllegalArgumentException(
          "features of each token are asked for, and a classifier pools them: give the pre-trained"
              + " weights");
    }
  }

  /** Channels of its tokens, D. */
  public int width() {
    return width;
  }

  /** The clips it looks at. */
  public ClipShape clip() {
    return clip;
  }

  /** So many views of a video, taken as its training took clips. */
  public ViewsConfig views(ViewCount number) {
    return UsualViews.of(sampling, clip, number);
  }

  /** In which its large products are computed. */
  public Precision precision() {
    return compute.precision();
  }

  @Override
  public Tensor features(byte[] clips, int count) {
    Tensor bytes =
        HostArrays.ofBytes(clips, count, clip.frames(), clip.height(), clip.width(), 3)
            .to(compute.placement().device(), ScalarType.Byte);
    Tensor all = new Patchify(clip).tokens(bytes); // [B, N, P]
    if (model instanceof VideoClassifier classifier) {
      return classifier.features(pixels.normalise(all)); // [B, D]
    }
    Tensor latents = latents(all);
    return tokens ? latents : latents.mean(new long[] {1}, false, new ScalarTypeOptional());
  }

  /**
   * Of a pre-trained encoder, what it makes of each token when it sees them all. For any thread.
   *
   * @param all tokens' pixels, {@code [B, N, P]} bytes, where it computes
   * @return {@code [B, N, D]}
   */
  public Tensor latents(Tensor all) {
    long count = all.size(0);
    Tensor input = pixels.normalise(all);
    Tensor ids =
        torch
            .arange(new Scalar((long) clip.tokens()), compute.placement().options(ScalarType.Long))
            .unsqueeze(0)
            .repeat(count, 1); // [B, N]
    return encoder().forward(input, ids);
  }

  private Encoder encoder() {
    return model instanceof VideoEncoder alone
        ? alone.encoder()
        : ((MaskedAutoencoder) model).encoder();
  }

  @Override
  public String digest() {
    return "%s %s %s %s"
        .formatted(
            before.sha256(), model.getClass().getSimpleName(), tokens, compute.precision().name());
  }

  /**
   * Proof that it stayed frozen.
   *
   * @throws IllegalStateException naming the weights that changed
   */
  public void requireUnchanged() {
    before.requireUnchanged(model.parameters());
  }

  @Override
  public void close() {
    model.close();
  }
}
