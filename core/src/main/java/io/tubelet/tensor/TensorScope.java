package io.tubelet.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Frees every tensor made by this thread between its opening and its closing.
 *
 * <p>The collector does not see native memory, so a training step runs in one scope and each of its
 * micro-batches in an inner one. Loops open scopes, and models while they are built; layers never
 * do.
 */
public final class TensorScope implements AutoCloseable {
  private final @Nullable PointerScope outer = PointerScope.getInnerScope();
  private final PointerScope scope = new PointerScope();

  /** Hands {@code result} to the enclosing scope, or to the caller where there is none. */
  public Tensor keep(Tensor result) {
    if (outer != null) {
      outer.attach(result);
    } else {
      result.retainReference();
    }
    return result;
  }

  /** Puts a tensor that another thread kept alive into the innermost scope of this one. */
  public static Tensor adopt(Tensor fromAnotherThread) {
    PointerScope inner = PointerScope.getInnerScope();
    if (inner != null) {
      inner.attach(fromAnotherThread);
      fromAnotherThread.releaseReference(); // the scope holds one of its own
    }
    return fromAnotherThread;
  }

  @Override
  public void close() {
    scope.close();
  }
}
