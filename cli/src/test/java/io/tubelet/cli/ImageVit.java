package io.tubelet.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A ViT for pictures (https://arxiv.org/abs/2010.11929) and its masked autoencoder
 * (https://arxiv.org/abs/2111.06377) under the names that their programs save, and their formulas
 * written down plainly over those names: what an inflated model should compute, without any of its
 * code.
 *
 * <p>Several pictures are the time slots of a video: each brings its tokens, at the same places.
 * Shapes: S pictures, N places, D width, C classes.
 */
record ImageVit(Map<String, Tensor> state) {
  static final int PICTURE = 16;
  static final int PATCH = 8;
  static final int HEADS = 2;
  static final int DECODER_HEADS = 4;
  static final int CLASSES = 5;

  private static final int WIDTH = 24;
  private static final int DECODER_WIDTH = 16;
  private static final int DEPTH = 2;
  private static final int PLACES = (PICTURE / PATCH) * (PICTURE / PATCH);
  private static final int VALUES = PATCH * PATCH * 3;

  /** With a head on the class token. */
  static ImageVit classifier() {
    ImageVit vit = encoder();
    vit.linear("head", WIDTH, CLASSES);
    return vit;
  }

  /** With MAE's decoder, which has no class token of its own. */
  static ImageVit autoencoder() {
    ImageVit vit = encoder();
    vit.linear("decoder_embed", WIDTH, DECODER_WIDTH);
    vit.put("mask_token", 1, 1, DECODER_WIDTH);
    vit.put("decoder_pos_embed", 1, 1 + PLACES, DECODER_WIDTH);
    vit.block("decoder_blocks.0.", DECODER_WIDTH);
    vit.norm("decoder_norm", DECODER_WIDTH);
    vit.linear("decoder_pred", DECODER_WIDTH, VALUES);
    return vit;
  }

  boolean hasDecoder() {
    return state.containsKey("mask_token");
  }

  private static ImageVit encoder() {
    ImageVit vit = new ImageVit(new LinkedHashMap<>());
    vit.put("cls_token", 1, 1, WIDTH);
    vit.put("pos_embed", 1, 1 + PLACES, WIDTH);
    vit.put("patch_embed.proj.weight", WIDTH, 3, PATCH, PATCH);
    vit.put("patch_embed.proj.bias", WIDTH);
    for (int i = 0; i < DEPTH; i++) {
      vit.block("blocks." + i + ".", WIDTH);
    }
    vit.norm("norm", WIDTH);
    return vit;
  }

  private void block(String name, int width) {
    norm(name + "norm1", width);
    linear(name + "attn.qkv", width, 3 * width);
    linear(name + "attn.proj", width, width);
    norm(name + "norm2", width);
    linear(name + "mlp.fc1", width, 4 * width);
    linear(name + "mlp.fc2", 4 * width, width);
  }

  private void linear(String name, int in, int out) {
    put(name + ".weight", out, in);
    put(name + ".bias", out);
  }

  private void norm(String name, int width) {
    put(name + ".weight", width);
    put(name + ".bias", width);
  }

  /** Large enough that every tensor tells in the result. */
  private void put(String name, long... shape) {
    state.put(name, torch.randn(shape).mul(new Scalar(0.3)));
  }

  /** {@code pictures [S, 3, H, W] -> logits [1, C]}. */
  Tensor logits(Tensor pictures) {
    return linear("head", encoded(tokens(pictures)).select(1, 0));
  }

  /**
   * Predicted pixels of every place in every picture.
   *
   * @param visible numbers of the tokens that are seen, {@code [V]}
   * @return {@code [1, S * N, p * p * 3]}
   */
  Tensor prediction(Tensor pictures, Tensor visible) {
    Tensor latent = encoded(tokens(pictures).index_select(1, visible)); // [1, 1 + V, D]
    Tensor seen = linear("decoder_embed", latent.narrow(1, 1, visible.size(0)));
    Tensor table = of("decoder_pos_embed"); // [1, 1 + N, D']
    Tensor decoding =
        of("mask_token")
            .repeat(1, pictures.size(0) * PLACES, 1)
            .index_copy(1, visible, seen)
            .add(table.narrow(1, 1, PLACES).repeat(1, pictures.size(0), 1));
    Tensor withClass = torch.cat(new TensorVector(table.narrow(1, 0, 1), decoding), 1);
    Tensor decoded =
        norm(
            "decoder_norm",
            block("decoder_blocks.0.", withClass, DECODER_HEADS)); // [1, 1 + SN, D']
    return linear("decoder_pred", decoded.narrow(1, 1, decoded.size(1) - 1));
  }

  /** {@code [S, 3, H, W] -> [1, S * N, D]}. */
  private Tensor tokens(Tensor pictures) {
    long slots = pictures.size(0);
    Tensor pixels =
        pictures
            .reshape(slots, 3, PICTURE / PATCH, PATCH, PICTURE / PATCH, PATCH)
            .permute(0, 2, 4, 1, 3, 5)
            .reshape(slots, PLACES, VALUES); // as a row of the projection: channel, row, column
    Tensor weight = of("patch_embed.proj.weight").reshape(WIDTH, VALUES);
    return torch
        .linear(pixels, weight, new TensorOptional(of("patch_embed.proj.bias")))
        .add(of("pos_embed").narrow(1, 1, PLACES))
        .reshape(1, slots * PLACES, WIDTH);
  }

  /** {@code [1, V, D] -> [1, 1 + V, D]}, the class token first. */
  private Tensor encoded(Tensor tokens) {
    Tensor first = of("cls_token").add(of("pos_embed").narrow(1, 0, 1));
    Tensor x = torch.cat(new TensorVector(first, tokens), 1);
    for (int i = 0; i < DEPTH; i++) {
      x = block("blocks." + i + ".", x, HEADS);
    }
    return norm("norm", x);
  }

  private Tensor block(String name, Tensor x, int heads) {
    Tensor mixed = x.add(attention(name + "attn.", norm(name + "norm1", x), heads));
    Tensor wide = torch.gelu(linear(name + "mlp.fc1", norm(name + "norm2", mixed)));
    return mixed.add(linear(name + "mlp.fc2", wide));
  }

  private Tensor attention(String name, Tensor x, int heads) {
    long n = x.size(1);
    long width = x.size(2);
    Tensor qkv =
        linear(name + "qkv", x)
            .reshape(n, 3, heads, width / heads)
            .permute(1, 2, 0, 3); // [3, heads, N, K]
    Tensor scores =
        qkv.select(0, 0)
            .matmul(qkv.select(0, 1).transpose(1, 2))
            .div(new Scalar(Math.sqrt((double) width / heads)));
    Tensor mixed = scores.softmax(2, new ScalarTypeOptional()).matmul(qkv.select(0, 2));
    return linear(name + "proj", mixed.transpose(0, 1).reshape(1, n, width));
  }

  private Tensor linear(String name, Tensor x) {
    return torch.linear(x, of(name + ".weight"), new TensorOptional(of(name + ".bias")));
  }

  private Tensor norm(String name, Tensor x) {
    Tensor centred = x.sub(x.mean(new long[] {-1}, true, new ScalarTypeOptional()));
    Tensor variance = centred.square().mean(new long[] {-1}, true, new ScalarTypeOptional());
    return centred
        .div(variance.add(new Scalar(1e-6)).sqrt())
        .mul(of(name + ".weight"))
        .add(of(name + ".bias"));
  }

  private Tensor of(String name) {
    return Objects.requireNonNull(state.get(name), name);
  }
}
