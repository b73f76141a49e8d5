package io.tubelet.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.ContrastiveConfig;
import io.tubelet.config.EncoderWeightsConfig;
import io.tubelet.data.BatchSpec;
import io.tubelet.model.ContrastiveModel;
import io.tubelet.optim.CosineMomentum;
import io.tubelet.optim.FollowingWeights;
import io.tubelet.optim.ParameterGroup;
import io.tubelet.tensor.Placement;
import io.tubelet.train.ContrastTask;
import io.tubelet.train.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/**
 * An encoder that learns to tell two views of a video from those of others, and one that follows
 * it. What is saved for use is the trained encoder; heads and following weights are what only a
 * resumed run needs.
 */
final class Contrasting implements Subject<ContrastiveModel> {
  private static final String ENCODER = "encoder.";
  private static final String HEADS = "heads.";
  private static final String FOLLOWING = "following.";

  private final ContrastPlan plan;
  private final ContrastiveModel trained;
  private final ContrastiveModel following;
  private final FollowingWeights weights;
  private final CosineMomentum momentum;
  private final Placement placement;

  /**
   * @param trained stays the caller's, as does the other
   * @param following starts where the trained one is
   */
  Contrasting(
      ContrastPlan plan,
      ContrastiveModel trained,
      ContrastiveModel following,
      Placement placement) {
    this.plan = plan;
    this.trained = trained;
    this.following = following;
    this.placement = placement;
    weights = new FollowingWeights(following.parameters(), trained.parameters());
    weights.begin();
    momentum = new CosineMomentum(plan.config().contrast().momentum(), plan.training().steps());
  }

  @Override
  public ContrastiveModel model() {
    return trained;
  }

  @Override
  public ContrastiveModel another() {
    ContrastiveConfig config = plan.config();
    return ContrastiveModel.trained(config.model(), config.train().compute(placement));
  }

  /** What is frozen has a group of its own, at no learning rate, so that replicas share it too. */
  @Override
  public List<ParameterGroup> groups() {
    ContrastiveConfig config = plan.config();
    Map<String, Tensor> learning = named(name -> !ContrastiveModel.isFrozen(config.model(), name));
    Map<String, Tensor> frozen = named(name -> ContrastiveModel.isFrozen(config.model(), name));
    List<ParameterGroup> groups =
        new ArrayList<>(
            config.optimizer().decayRule().groups(learning, config.optimizer().weightDecay()));
    groups.add(new ParameterGroup(0, 0, List.copyOf(frozen.keySet())));
    return groups;
  }

  private Map<String, Tensor> named(Predicate<String> wanted) {
    Map<String, Tensor> named = new LinkedHashMap<>(parameters());
    named.keySet().removeIf(wanted.negate());
    return named;
  }

  @Override
  public Task<ContrastiveModel> task() {
    ContrastiveConfig config = plan.config();
    return new ContrastTask(following, config.contrast().loss(), config.pixels(), placement);
  }

  @Override
  public BatchSpec batches() {
    return plan.batches(plan.config().train().batch());
  }

  @Override
  public JsonNode description() {
    return ConfigFormat.tree(EncoderWeightsConfig.of(plan.config()));
  }

  @Override
  public String startedFrom() {
    return "scratch";
  }

  @Override
  public Map<String, Tensor> weights() {
    return named(name -> name.startsWith(ENCODER));
  }

  @Override
  public Map<String, Tensor> memory() {
    Map<String, Tensor> memory = new LinkedHashMap<>();
    named(name -> !name.startsWith(ENCODER))
        .forEach((name, weight) -> memory.put(HEADS + name, weight));
    following.parameters().forEach((name, weight) -> memory.put(FOLLOWING + name, weight));
    return memory;
  }

  @Override
  public boolean onStep(long step) {
    weights.follow(momentum.at(step));
    return false;
  }
}
