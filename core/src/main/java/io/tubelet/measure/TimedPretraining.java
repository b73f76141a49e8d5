package io.tubelet.measure;

import io.tubelet.data.Batch;
import io.tubelet.model.MaskedAutoencoder;
import io.tubelet.model.Patchify;
import io.tubelet.model.TokenMasks;
import io.tubelet.objective.Reconstruction;
import io.tubelet.tensor.Placement;
import io.tubelet.train.Lesson;
import io.tubelet.train.PretrainTask;
import io.tubelet.train.Task;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The trainer's own task, {@link PretrainTask}, phase by phase: the same loss and gradients to the
 * bit. In addition, its encoder can be given all tokens.
 */
record TimedPretraining(
    Reconstruction objective, Placement placement, Encoding encoding, Timeline timeline)
    implements Task<MaskedAutoencoder> {

  @Override
  public Lesson<MaskedAutoencoder> lesson(Batch batch) {
    Tensor clips = timeline.time(Phase.HAND_OVER, () -> task().clips(batch));
    return new TimedLesson(batch, clips);
  }

  @Override
  public Tensor baseline(Batch batch) {
    return task().baseline(batch);
  }

  private PretrainTask task() {
    return new PretrainTask(objective, placement);
  }

  /** What enters the model: tokens' bytes, masks, and pixels of the tokens to encode. */
  private record Input(Tensor tokens, TokenMasks masks, TokenMasks encoded, Tensor pixels) {}

  private final class TimedLesson implements Lesson<MaskedAutoencoder> {
    private final Batch batch;
    private final Tensor clips; // uint8 [B, T, H, W, 3]

    TimedLesson(Batch batch, Tensor clips) {
      this.batch = batch;
      this.clips = clips;
    }

    @Override
    public Tensor loss(MaskedAutoencoder model, int from, int to) {
      Input in = timeline.time(Phase.PIXELS, () -> input(from, to));
      Tensor latent = timeline.time(Phase.ENCODER, () -> encode(model, in)); // [B, V, D]
      Tensor prediction = // [B, M, P']
          timeline.time(Phase.DECODER, () -> model.decoder().forward(latent, in.masks()));
      return timeline.time(
          Phase.LOSS,
          () -> objective.loss().of(prediction, objective.target(in.tokens(), in.masks())));
    }

    @Override
    public Tensor differentiate(MaskedAutoencoder model, int from, int to, double share) {
      Tensor loss = loss(model, from, to).mul(new Scalar(share));
      timeline.run(Phase.BACKWARD, loss::backward);
      return loss.detach();
    }

    private Input input(int from, int to) {
      Tensor tokens = new Patchify(batch.shape()).tokens(clips.narrow(0, from, to - from));
      TokenMasks masks = TokenMasks.of(batch.masks().subList(from, to), placement);
      TokenMasks encoded = encoding == Encoding.SPARSE ? masks : allTokens(masks);
      return new Input(tokens, masks, encoded, objective.visible(tokens, encoded));
    }

    /** All tokens as if they were visible, those that really are first. */
    private TokenMasks allTokens(TokenMasks masks) {
      Tensor isVisible =
          torch
              .zeros(new long[] {masks.visible().size(0), batch.shape().tokens()})
              .scatter_(1, masks.visible(), new Scalar(1.0)); // [B, N]
      return new TokenMasks(isVisible.argsort(true, 1, true), masks.hidden());
    }

    private Tensor encode(MaskedAutoencoder model, Input in) {
      Tensor latent = model.encode(in.pixels(), in.encoded());
      return latent.narrow(1, 0, in.masks().visible().size(1));
    }
  }
}
