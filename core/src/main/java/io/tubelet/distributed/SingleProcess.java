package io.tubelet.distributed;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** A process on its own: what it has is what all have. */
final class SingleProcess implements Ranks {

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public int share(int ofMachine) {
    return ofMachine;
  }

  @Override
  public void sum(Tensor values) {}

  @Override
  public void broadcast(Tensor values) {}

  @Override
  public void assemble(Tensor vector) {}

  @Override
  public Optional<Tensor> collect(Tensor own) {
    return Optional.of(own);
  }

  @Override
  public List<byte[]> gather(byte[] own) {
    return List.of(own);
  }

  @Override
  public boolean any(boolean here) {
    return here;
  }

  @Override
  public void barrier() {}

  @Override
  public void requireSame(String what, String value) {}

  @Override
  public GradientSum gradients(
      List<Tensor> parameters, List<Tensor> flat, GradientCompression compression) {
    return new GradientSum() {
      @Override
      public void begin() {}

      @Override
      public void finish() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Communication communication() {
    return Communication.NONE;
  }

  @Override
  public void close() {}
}
