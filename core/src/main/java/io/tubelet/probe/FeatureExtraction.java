package io.tubelet.probe;

import io.tubelet.distributed.Ranks;
import io.tubelet.file.Sha256;
import io.tubelet.tensor.Placement;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Features of a list of clips, each computed once and kept in a file. The file is used again as
 * long as weights, clips, views and precision are the same, and replaced when one of them is not.
 */
public final class FeatureExtraction {
  /** Told after every batch. */
  @FunctionalInterface
  public interface Progress {
    void done(int clips, int of);
  }

  private static final Logger LOG = LoggerFactory.getLogger(FeatureExtraction.class);

  private final Backbone backbone;
  private final FeatureRequest request;
  private final Progress progress;
  private final BooleanSupplier stop;
  private final Ranks ranks;

  /**
   * @param stop asked before every batch whether to leave
   */
  public FeatureExtraction(
      Backbone backbone, FeatureRequest request, Progress progress, BooleanSupplier stop) {
    this(backbone, request, progress, stop, Ranks.alone());
  }

  /**
   * As one of several processes that each compute a part; the first writes the file, which all must
   * see.
   *
   * @param ranks all of them
   */
  public FeatureExtraction(
      Backbone backbone,
      FeatureRequest request,
      Progress progress,
      BooleanSupplier stop,
      Ranks ranks) {
    this.ranks = ranks;
    this.backbone = backbone;
    this.request = request;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * The features of these clips, in their order; they belong to the innermost scope.
   *
   * @param dataDigest what the videos are recognised by; the clips' names are taken in as well
   * @param cache where features are kept; its folder must exist
   * @return empty if stopped, and then the file is as it was
   * @throws IOException naming the clip that cannot be decoded, or a file that is none of features
   */
  public Optional<FeatureSet> of(List<LabelledClip> clips, String dataDigest, Path cache)
      throws IOException, InterruptedException {
    if (clips.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one clip, got none");
    }
    FeatureIdentity identity = identity(clips, dataDigest);
    FeatureCache file = new FeatureCache(cache);
    FeatureCache.Lookup lookup = file.look(identity, clips.size());
    LOG.info(
        lookup.features().isPresent()
            ? "Features are taken from {} ({})"
            : "Features are computed for {} ({})",
        cache,
        lookup.reason());
    if (ranks.any(lookup.features().isEmpty())) {
      try (TensorScope scope = new TensorScope()) {
        Optional<Tensor> computed = computeTogether(clips);
        if (computed.isEmpty()) {
          return Optional.empty();
        }
        if (ranks.isFirst()) {
          file.write(computed.get(), identity);
        }
        ranks.barrier();
      }
      lookup = file.look(identity, clips.size()); // from the file in both cases
    }
    return lookup.features().map(features -> labelled(features, clips));
  }

  /** Whether {@link #of} would find the features of these clips in the file. */
  public boolean areKept(List<LabelledClip> clips, String dataDigest, Path cache)
      throws IOException {
    try (TensorScope scope = new TensorScope()) {
      FeatureCache.Lookup lookup =
          new FeatureCache(cache).look(identity(clips, dataDigest), clips.size());
      return lookup.features().isPresent();
    }
  }

  private FeatureIdentity identity(List<LabelledClip> clips, String dataDigest) {
    return new FeatureIdentity(
        backbone.digest(), digest(clips, dataDigest), request.views(), request.precision());
  }

  private static FeatureSet labelled(Tensor features, List<LabelledClip> clips) {
    return new FeatureSet(
        features,
        clips.stream().mapToInt(LabelledClip::label).toArray(),
        clips.stream().map(LabelledClip::name).toList());
  }

  private static String digest(List<LabelledClip> clips, String dataDigest) {
    Sha256 sha256 = new Sha256();
    add(sha256, dataDigest);
    clips.forEach(clip -> add(sha256, clip.name()));
    return sha256.hex();
  }

  private static void add(Sha256 sha256, String line) {
    sha256.add(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
  }

  /** As {@link #compute}, by all ranks: each the clips of its stretch, which then go to all. */
  private Optional<Tensor> computeTogether(List<LabelledClip> clips)
      throws IOException, InterruptedException {
    int from = (int) ((long) ranks.rank() * clips.size() / ranks.size());
    int to = (int) ((long) (ranks.rank() + 1) * clips.size() / ranks.size());
    // Whoever has none computes one all the same, and so knows the shape.
    Optional<Tensor> own = compute(from < to ? clips.subList(from, to) : clips.subList(0, 1));
    if (ranks.any(own.isEmpty())) {
      return Optional.empty();
    }
    if (to - from == clips.size()) {
      return own;
    }
    Tensor whole = empty(clips.size(), own.get()).zero_();
    whole.narrow(0, from, to - from).copy_(own.get().narrow(0, 0, to - from));
    ranks.sum(whole); // exact: all but one are 0
    return Optional.of(whole);
  }

  /** The features, {@code [n, V, D]} or {@code [n, V N, D]}, from the pixels; empty if stopped. */
  Optional<Tensor> compute(List<LabelledClip> clips) throws IOException, InterruptedException {
    Tensor all = null;
    try (ReadAhead pixels =
        new ReadAhead(clips, request.workers(), request.workers() + request.clipsAtOnce())) {
      for (int first = 0; first < clips.size(); first += request.clipsAtOnce()) {
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        int next = Math.min(first + request.clipsAtOnce(), clips.size());
        all = append(all, clips, first, next, pixels);
        progress.done(next, clips.size());
      }
    }
    return Optional.ofNullable(all);
  }

  /** Computes clips {@code first} to {@code next} and puts them in their place. */
  private Tensor append(
      @Nullable Tensor all, List<LabelledClip> clips, int first, int next, ReadAhead pixels)
      throws IOException, InterruptedException {
    byte[] batch = batch(clips, first, next, pixels);
    try (TensorScope scope = new TensorScope();
        NoGradGuard noGrad = new NoGradGuard()) {
      int views = (next - first) * request.viewsPerClip();
      Tensor raw = backbone.features(batch, views); // [b V, D] or [b V, N, D]
      if (raw.dim() < 2 || raw.dim() > 3 || raw.size(0) != views) {
        throw new IllegalStateException(
            "the backbone should give [%d, D] or [%d, N, D], gave %s"
                .formatted(views, views, Arrays.toString(Shapes.of(raw))));
      }
      Tensor features = // [b, V, D] or [b, V N, D]
          raw.reshape(next - first, -1, raw.size(raw.dim() - 1))
              .to(Placement.CPU.device(), request.precision().type());
      requireFinite(features, clips.subList(first, next));
      Tensor whole = all == null ? scope.keep(empty(clips.size(), features)) : all;
      whole.narrow(0, first, next - first).copy_(features);
      return whole;
    }
  }

  private Tensor empty(long clips, Tensor like) {
    return torch.empty(
        new long[] {clips, like.size(1), like.size(2)},
        new TensorOptions(request.precision().type()),
        null);
  }

  private static byte[] batch(List<LabelledClip> clips, int first, int next, ReadAhead pixels)
      throws IOException, InterruptedException {
    byte[] batch = new byte[0];
    for (int i = first; i < next; i++) {
      byte[] clip = pixels.next();
      if (i == first) {
        batch = new byte[clip.length * (next - first)];
      }
      if (clip.length == 0 || clip.length * (next - first) != batch.length) {
        throw new IOException(
            "clip '%s' has %d bytes of pixels, the one before has %d"
                .formatted(clips.get(i).name(), clip.length, batch.length / (next - first)));
      }
      System.arraycopy(clip, 0, batch, (i - first) * clip.length, clip.length);
    }
    return batch;
  }

  private static void requireFinite(Tensor features, List<LabelledClip> clips) {
    FeatureSet.firstNotFinite(features)
        .ifPresent(
            clip -> {
              throw new IllegalStateException(
                  "the backbone's features of clip '%s' are not finite numbers"
                      .formatted(clips.get(clip).name()));
            });
  }
}
