package io.tubelet.train;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Batch;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.Patchify;
import io.tubelet.model.TokenMasks;
import io.tubelet.objective.Reconstruction;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import org.bytedeco.pytorch.Tensor;

/** Predict the pixels of the hidden tokens. */
public record PretrainTask(Reconstruction objective, Placement placement)
    implements Task<MaskedAutoencoder> {

  @Override
  public Lesson<MaskedAutoencoder> lesson(Batch batch) {
    Tensor clips = clips(batch); // uint8 [B, T, H, W, 3]
    Patchify patchify = new Patchify(batch.shape());
    return (model, from, to) -> {
      Tensor tokens = patchify.tokens(clips.narrow(0, from, to - from)); // uint8 [B, N, P]
      TokenMasks masks = TokenMasks.of(batch.masks().subList(from, to), placement);
      Tensor prediction = model.forward(objective.visible(tokens, masks), masks); // [B, M, P']
      return objective.loss().of(prediction, objective.target(tokens, masks));
    };
  }

  /** What predicting the mean costs. */
  @Override
  public Tensor baseline(Batch batch) {
    Tensor tokens = new Patchify(batch.shape()).tokens(clips(batch));
    TokenMasks masks = TokenMasks.of(batch.masks(), placement);
    return objective.loss().ofMean(objective.target(tokens, masks));
  }

  /**
   * {@code uint8 [B, T, H, W, 3]}: bytes travel to the device; they become numbers there, and only
   * those that are used.
   */
  public Tensor clips(Batch batch) {
    ClipShape clip = batch.shape();
    Tensor clips =
        HostArrays.ofBytes(
            batch.clips(),
            batch.size(),
            clip.frames(),
            clip.height(),
            clip.width(),
            ClipShape.CHANNELS);
    return clips.to(placement.device(), clips.scalar_type());
  }
}
