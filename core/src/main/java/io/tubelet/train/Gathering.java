package io.tubelet.train;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Threads that work side by side each bring a tensor; the last of them makes something of all,
 * which everyone gets. Where one fails, nobody waits for it.
 *
 * @param <R> what is made
 */
final class Gathering<R> {
  private final List<CompletableFuture<Tensor>> brought;
  private final CompletableFuture<R> made;

  /**
   * @param parts how many come
   * @param making is given their tensors in the order of their numbers
   */
  Gathering(int parts, Function<List<Tensor>, R> making) {
    brought = Stream.generate(CompletableFuture<Tensor>::new).limit(parts).toList();
    made =
        CompletableFuture.allOf(brought.toArray(CompletableFuture<?>[]::new))
            .thenApply(all -> making.apply(brought.stream().map(CompletableFuture::join).toList()));
  }

  /** Brings a tensor, which must live until {@link #await} has returned, or a failure. */
  Tensor bring(int part, Supplier<Tensor> own) {
    CompletableFuture<Tensor> place = brought.get(part);
    try {
      Tensor tensor = own.get();
      place.complete(tensor);
      return tensor;
    } catch (RuntimeException | Error failed) {
      place.completeExceptionally(failed);
      throw failed;
    }
  }

  /**
   * Waits until everyone has brought something; for whoever has.
   *
   * @throws RuntimeException the failure of whoever failed
   */
  R await() {
    try {
      return made.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failed) {
        throw failed;
      }
      throw e;
    }
  }

  /** What was made, if it came to that. */
  Optional<R> made() {
    return made.isDone() && !made.isCompletedExceptionally()
        ? Optional.of(made.join())
        : Optional.empty();
  }
}
