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
public record PretrainTask(MaskedAutoencoder model, Reconstruction objective, Placement placement)
    implements Task {

  @Override
  public Tensor loss(Batch batch) {
    Tensor tokens = tokens(batch); // uint8 [B, N, P]
    TokenMasks masks = TokenMasks.of(batch.masks(), placement);
    Tensor prediction = model.forward(objective.visible(tokens, masks), masks); // [B, M, P']
    return Reconstruction.loss(prediction, objective.target(tokens, masks));
  }

  /** The variance of the target: what predicting its mean costs. */
  @Override
  public Tensor baseline(Batch batch) {
    TokenMasks masks = TokenMasks.of(batch.masks(), placement);
    return objective.target(tokens(batch), masks).var(false);
  }

  /** Bytes travel to the device; they become numbers there, and only those that are used. */
  private Tensor tokens(Batch batch) {
    ClipShape clip = batch.shape();
    Tensor clips =
        HostArrays.ofBytes(
            batch.clips(), batch.size(), clip.frames(), clip.height(), clip.width(), 3);
    return new Patchify(clip).tokens(clips.to(placement.device(), clips.scalar_type()));
  }
}
