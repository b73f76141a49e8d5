package io.tubelet.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.fixture.NamedTensors;
import io.tubelet.tensor.ComputeThreads;
import io.tubelet.tensor.TensorScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three replicas of two parameters whose gradients do not add up to the same in every order. */
@Timeout(60)
class ReplicaGradientsTest {
  private static final int REPLICAS = 3;

  /** In this order their sum is 0: 1 is lost beside 1e8. In any other it is 1. */
  private static final double[] GRADIENTS = {1e8, 1, -1e8};

  private TensorScope scope;
  private Map<String, Tensor> trained;
  private List<Map<String, Tensor>> replicas;
  private AdamW optimizer;
  private ReplicaGradients gradients;
  private ComputeThreads threads;

  @BeforeEach
  void open() {
    scope = new TensorScope();
    trained = parameters();
    optimizer =
        new AdamW(
            trained,
            List.of(new ParameterGroup(0, 1, List.copyOf(trained.keySet()))),
            new AdamWConfig(0.9, 0.95, 1e-8, 0));
    replicas = new ArrayList<>();
    for (int i = 0; i < REPLICAS; i++) {
      replicas.add(parameters());
    }
    gradients = optimizer.share(replicas);
    threads = new ComputeThreads(REPLICAS, 1);
  }

  @AfterEach
  void close() {
    threads.close();
    replicas.forEach(replica -> replica.values().forEach(Tensor::releaseReference));
    gradients.close();
    optimizer.close();
    trained.values().forEach(Tensor::releaseReference);
    scope.close();
  }

  private static Map<String, Tensor> parameters() {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    for (String name : List.of("one", "two")) {
      Tensor parameter = torch.ones(4).set_requires_grad(true);
      parameter.retainReference();
      parameters.put(name, parameter);
    }
    return parameters;
  }

  /** A backward pass of one replica: the same gradient for all of its values. */
  private void backward(int replica) {
    try (TensorScope ofThread = new TensorScope()) {
      Tensor sum = torch.zeros(1);
      for (Tensor parameter : replicas.get(replica).values()) {
        sum = sum.add(parameter.mul(new Scalar(GRADIENTS[replica])).sum());
      }
      sum.sum().backward();
    } finally {
      gradients.end(replica);
    }
  }

  /** One pass of all replicas, the first beginning when the last has done what it can. */
  private void passLastFirst() {
    CountDownLatch others = new CountDownLatch(REPLICAS - 1);
    gradients.begin();
    threads.divide(
        REPLICAS,
        (replica, from, to) -> {
          if (replica == 0) {
            await(others);
          } else {
            others.countDown();
          }
          backward(replica);
          return replica;
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private double trainedGradient(String name) {
    return new NamedTensors(trained).get(name).grad().select(0, 3).item_double();
  }

  @Test
  void backward_lastReplicaFirst_addsInTheOrderOfTheirNumbers() {
    for (int pass = 0; pass < 50; pass++) {
      optimizer.zeroGrad();
      passLastFirst();

      assertThat(trainedGradient("one")).isZero();
      assertThat(trainedGradient("two")).isZero();
    }
  }

  @Test
  void backward_secondPass_addsToTheFirst() {
    gradients.begin();
    threads.divide(
        1,
        (replica, from, to) -> {
          backward(replica);
          return replica;
        });
    gradients.begin();
    threads.divide(
        1,
        (replica, from, to) -> {
          backward(replica);
          return replica;
        });

    assertThat(trainedGradient("two")).isEqualTo(2e8);
  }

  @Test
  void end_pass_leavesNoGradientWithAReplica() {
    passLastFirst();

    for (Map<String, Tensor> replica : replicas) {
      replica.values().forEach(parameter -> assertThat(parameter.grad().defined()).isFalse());
    }
  }

  @Test
  void backward_firstReplicaFails_othersComeToTheirEnd() {
    gradients.begin();

    assertThatThrownBy(
            () ->
                threads.divide(
                    REPLICAS,
                    (replica, from, to) -> {
                      if (replica == 0) {
                        gradients.end(0);
                        throw new IllegalStateException("no memory");
                      }
                      backward(replica);
                      return replica;
                    }))
        .hasMessage("no memory");
    optimizer.zeroGrad();
    passLastFirst();
    assertThat(trainedGradient("one")).isZero();
  }

  @Test
  void share_replica_hasTheTrainedValues() {
    optimizer.zeroGrad();
    passLastFirst();
    optimizer.step(0.5, torch.ones(new long[0]), optimizer.gradNorm().add(new Scalar(1.0)));
    new NamedTensors(trained).get("one").grad().fill_(new Scalar(1.0));
    optimizer.step(0.5, torch.ones(new long[0]), optimizer.gradNorm());

    Tensor value = new NamedTensors(trained).get("one").detach();
    assertThat(value.select(0, 0).item_double()).isLessThan(0.9);
    replicas.forEach(
        replica -> assertThat(new NamedTensors(replica).get("one").detach().equal(value)).isTrue());
  }
}
