package io.tubelet.train;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Batch;
import io.tubelet.model.ContrastiveModel;
import io.tubelet.model.Patchify;
import io.tubelet.model.PixelNorm;
import io.tubelet.objective.InfoNce;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Tell the other view of the same video from those of all other videos of the batch (MoCo v3,
 * https://arxiv.org/abs/2104.02057, Algorithm 1). Clips of a batch lie in pairs, the views of one
 * video.
 *
 * @param following makes the keys, without gradient
 * @param loss of each of the two directions, whose sum is the loss
 */
public record ContrastTask(
    ContrastiveModel following, InfoNce loss, PixelNorm pixels, Placement placement)
    implements Task<ContrastiveModel> {

  @Override
  public JointLesson<ContrastiveModel> lesson(Batch batch) {
    Tensor clips = clips(batch); // uint8 [B, T, H, W, 3]
    Patchify patchify = new Patchify(batch.shape());
    return new JointLesson<>() {
      /** Features for the query and for the key of each clip: {@code [n, 2, D]}. */
      @Override
      public Tensor encode(ContrastiveModel model, int from, int to) {
        Tensor input = pixels.normalise(patchify.tokens(clips.narrow(0, from, to - from)));
        return torch.stack(new TensorVector(model.features(input), keyFeatures(input)), 1);
      }

      /** {@code encoded [B, 2, D]}. */
      @Override
      public Tensor compare(ContrastiveModel model, Tensor encoded) {
        Tensor ofQueries = encoded.select(1, 0);
        Tensor ofKeys = encoded.select(1, 1).detach();
        return direction(model, ofQueries, 0, ofKeys, 1)
            .add(direction(model, ofQueries, 1, ofKeys, 0));
      }
    };
  }

  private Tensor keyFeatures(Tensor input) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      return following.features(input);
    }
  }

  /** Queries of one view of each video against keys of the other: a scalar. */
  private Tensor direction(
      ContrastiveModel model, Tensor ofQueries, int view, Tensor ofKeys, int other) {
    return loss.of(model.queries(view(ofQueries, view)), keys(view(ofKeys, other)));
  }

  private Tensor keys(Tensor features) {
    try (NoGradGuard noGrad = new NoGradGuard()) {
      return following.keys(features);
    }
  }

  /** One clip of each video: {@code [B, D] -> [B / 2, D]}. */
  private static Tensor view(Tensor ofClips, int number) {
    return ofClips
        .reshape(ofClips.size(0) / Contrast.VIEWS, Contrast.VIEWS, ofClips.size(1))
        .select(1, number);
  }

  /** What guessing costs. */
  @Override
  public Tensor baseline(Batch batch) {
    double both = 2 * loss.ofGuessing(batch.size() / Contrast.VIEWS);
    return HostArrays.ofFloats(new float[] {(float) both}, 1);
  }

  private Tensor clips(Batch batch) {
    ClipShape clip = batch.shape();
    Tensor bytes =
        HostArrays.ofBytes(
            batch.clips(),
            batch.size(),
            clip.frames(),
            clip.height(),
            clip.width(),
            ClipShape.CHANNELS);
    return bytes.to(placement.device(), bytes.scalar_type());
  }
}
