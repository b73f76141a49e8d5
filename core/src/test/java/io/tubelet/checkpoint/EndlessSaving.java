package io.tubelet.checkpoint;

import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that saves step after step until it is killed or unheard, and says so on its output.
 */
final class EndlessSaving {
  private EndlessSaving() {}

  public static void main(String[] args) throws IOException {
    Path run = Path.of(args[0]);
    Disk chatty = new FaultyDisk(new LocalDisk(), bytes -> System.out.println("disk"));
    CheckpointStore store = new CheckpointStore(run, 1, false, chatty);
    long step = store.latest().map(c -> c.provenance().step()).orElse(0L);
    while (!System.out.checkError()) { // whoever listened may be gone
      step++;
      try (TensorScope scope = new TensorScope()) {
        store.save(TinyRun.state(step), TinyRun.provenance(step, 1));
      }
      System.out.println("disk saved " + step);
    }
  }
}
