package io.tubelet.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Learning rates that shrink towards the input (ELECTRA; BEiT, https://arxiv.org/abs/2106.08254),
 * as both programs fine-tune: {@code decay^(depth + 1 - layer)}, where patch projection, tokens and
 * positions are layer 0, block i is layer i + 1 and what follows the blocks is layer depth + 1.
 *
 * @param decay factor from a layer to the one before, in (0, 1]
 * @param depth number of blocks
 */
public record LayerDecay(double decay, int depth) {
  public LayerDecay {
    if (!(decay > 0 && decay <= 1)) {
      throw new IllegalArgumentException("layer-decay must lie in (0, 1], got " + decay);
    }
  }

  /** The layer of a classifier's parameter. */
  int layer(String name) {
    if (name.startsWith("blocks.")) {
      return Integer.parseInt(name.split("\\.", 3)[1]) + 1;
    }
    boolean atInput =
        name.startsWith("patch_embed.")
            || name.startsWith("pos_embed.")
            || name.startsWith("cls_token.");
    return atInput ? 0 : depth + 1;
  }

  /** One group for each layer and rule that occur, in the order of the parameters. */
  public List<ParameterGroup> groups(
      Map<String, Tensor> parameters, WeightDecayRule rule, double weightDecay) {
    Map<Key, List<String>> members = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) ->
            members
                .computeIfAbsent(
                    new Key(layer(name), rule.shrinks(name, parameter)), key -> new ArrayList<>())
                .add(name));
    return members.entrySet().stream()
        .map(
            entry ->
                new ParameterGroup(
                    entry.getKey().shrinks() ? weightDecay : 0,
                    Math.pow(decay, depth + 1 - entry.getKey().layer()),
                    entry.getValue()))
        .toList();
  }

  private record Key(int layer, boolean shrinks) {}
}
