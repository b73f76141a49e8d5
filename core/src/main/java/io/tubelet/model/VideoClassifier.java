package io.tubelet.model;

import io.tubelet.nn.BlockStack;
import io.tubelet.nn.DropPath;
import io.tubelet.nn.Dropout;
import io.tubelet.nn.Layer;
import io.tubelet.nn.LayerNorm;
import io.tubelet.nn.Linear;
import io.tubelet.tensor.Compute;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The encoder over all tokens of a clip, with a head for labels.
 *
 * <p>Its parameters carry the encoder's names of pre-training without the prefix {@code encoder.};
 * {@code norm} is called {@code fc_norm} where pooling asks for a fresh one.
 */
public final class VideoClassifier extends Layer {
  private final ClassifierConfig config;
  private final ClassToken classToken;
  private final TubeEmbed patchEmbed;
  private final PositionEmbedding positions;
  private final BlockStack blocks;
  private final LayerNorm norm;
  private final Linear head;

  /** All matrices zero, for {@link #load} to fill. */
  public VideoClassifier(ClassifierConfig config, Compute compute) {
    this.config = config;
    try (TensorScope scope = new TensorScope()) { // parameters outlive it, what made them does not
      EncoderConfig size = config.encoder();
      int width = size.width();
      boolean withClass = config.classToken();
      classToken = child("cls_token", new ClassToken(width, withClass, compute));
      patchEmbed = child("patch_embed", new TubeEmbed(config.clip(), width, compute));
      positions =
          child(
              "pos_embed",
              PositionEmbedding.of(config.positions(), config.clip(), width, withClass, compute));
      blocks =
          child(
              "blocks",
              new BlockStack(
                  size.depth(), width, size.heads(), config.block(), config.dropPath(), compute));
      norm =
          child(
              config.pooling().hasFreshNorm() ? "fc_norm" : "norm",
              new LayerNorm(width, config.block().normEps(), compute));
      head = child("head", new Linear(width, config.classes(), true, compute));
    }
  }

  /** A classifier with freshly drawn weights. */
  public static VideoClassifier fresh(ClassifierConfig config, Compute compute, long seed) {
    VideoClassifier classifier = new VideoClassifier(config, compute);
    config.initialisation().fill(classifier, config.headScale(), seed);
    return classifier;
  }

  /** In evaluation: {@code normalised pixels of all tokens [B, N, P] -> logits [B, C]}. */
  public Tensor logits(Tensor pixels) {
    return head.forward(features(pixels)).to(ScalarType.Float);
  }

  /**
   * In training, with branches dropped and features hidden.
   *
   * @param pixels normalised pixels of all tokens, {@code [B, N, P]}
   * @return logits {@code [B, C]}
   */
  public Tensor trainingLogits(Tensor pixels, DropPath drop, Dropout dropout) {
    Tensor features = dropout.apply(features(pixels, drop), config.dropout());
    return head.forward(features).to(ScalarType.Float);
  }

  /** What the head sees in evaluation: {@code [B, N, P] -> [B, D]}. */
  public Tensor features(Tensor pixels) {
    return features(pixels, DropPath.NEVER);
  }

  private Tensor features(Tensor pixels, DropPath drop) {
    Tensor tokens = blocks.forward(embed(pixels), drop); // [B, (1 +) N, D]
    return config.pooling().pool(tokens, norm, config.classToken());
  }

  /** What enters the first block: {@code [B, (1 +) N, D]}. */
  Tensor embed(Tensor pixels) {
    Shapes.require(pixels, "pixels", -1, config.clip().tokens(), config.clip().valuesPerToken());
    return classToken.prependTo(patchEmbed.forward(pixels).add(positions.table()), positions);
  }

  /** What this classifier was built from. */
  public ClassifierConfig config() {
    return config;
  }

  TubeEmbed patchEmbed() {
    return patchEmbed;
  }

  BlockStack blocks() {
    return blocks;
  }
}
