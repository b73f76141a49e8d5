package io.tubelet.run;

import io.tubelet.checkpoint.Checkpoint;
import io.tubelet.checkpoint.CheckpointStore;
import io.tubelet.checkpoint.DataSource;
import io.tubelet.checkpoint.RunData;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.LaterSettings;
import io.tubelet.data.Manifest;
import io.tubelet.distributed.Ranks;
import io.tubelet.machine.Libraries;
import io.tubelet.tensor.Placement;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a run keeps on disk, taken for this process until closed.
 *
 * @param folder its files
 * @param store its checkpoints
 * @param data what it learns from and is looked at with
 * @param configuration the record of the whole run, as it stands in recipes
 * @param seed of all random streams
 * @param placement where it computes
 * @param ranks that train together; the first alone writes
 * @param lock held as long as this is open
 */
record RunRecords(
    RunFolder folder,
    CheckpointStore store,
    RunData data,
    Object configuration,
    long seed,
    Placement placement,
    Ranks ranks,
    Closeable lock)
    implements AutoCloseable {

  /** Settings that a resumed run may change: they say how to compute, not what. */
  private static final Set<String> FREE =
      Set.of(
          "data.workers",
          "data.prefetch",
          "data.cache",
          "data.max-broken",
          "data.open", // as a whole where a run began before there were such settings
          "data.open.index-cache",
          "data.open.deadline",
          "data.open.max-frame-pixels",
          "data.open.max-pixels",
          "train.device",
          "train.activations",
          "train.replicas",
          "train.gradient-compression",
          "train.shard-optimizer",
          "train.log-every",
          "train.checkpoint-every",
          "train.keep-last",
          "train.max-skipped-steps");

  /**
   * Takes a run's folder, made where it is missing.
   *
   * @param start what is expected in the folder
   * @param validation videos to look at; null for none
   * @throws io.tubelet.checkpoint.CheckpointException when it holds another run
   */
  static RunRecords open(
      Path path,
      Start start,
      TrainingPlan plan,
      @Nullable Manifest validation,
      Object configuration,
      long seed,
      Ranks ranks)
      throws IOException {
    RunFolder folder = new RunFolder(path);
    Placement placement = plan.train().device().resolve();
    RunData data =
        new RunData(source(plan.manifest()), validation == null ? null : source(validation));
    CheckpointStore store = new CheckpointStore(path, plan.train().keepLast(), true);
    Closeable lock = () -> {};
    if (ranks.isFirst()) {
      folder.require(start);
      store.requireFreshOrSame(
          ConfigFormat.tree(configuration),
          data,
          start != Start.FRESH,
          FREE,
          LaterSettings::completed);
      Files.createDirectories(path);
      lock = folder.lock();
    }
    RunRecords records =
        new RunRecords(folder, store, data, configuration, seed, placement, ranks, lock);
    records.requireSameOnAllRanks();
    return records;
  }

  private void requireSameOnAllRanks() throws IOException {
    ranks.requireSame("the version", Libraries.tubeletVersion());
    ranks.requireSame("the videos (digest of their list)", data.toString());
    ranks.requireSame("the kind of device", placement.kind().toString());
    ranks.requireSame("the configuration", ConfigFormat.yaml(configuration));
    ranks.requireSame(
        "the checkpoint to go on from",
        store.latest().map(saved -> String.valueOf(saved.folder().getFileName())).orElse("none"));
  }

  private static DataSource source(Manifest manifest) throws IOException {
    return new DataSource(manifest.digest(), manifest.size());
  }

  /** Writes the configuration: from now on the folder holds a run. */
  void begin() throws IOException {
    if (!ranks.isFirst()) {
      return;
    }
    Files.writeString(folder.config(), ConfigFormat.yaml(configuration));
  }

  /** Where the weights of a run in this folder come from, in words. */
  static String startsFrom(Path path, String otherwise) throws IOException {
    return latest(path).map(c -> "the checkpoint " + c.folder()).orElse(otherwise);
  }

  private static Optional<Checkpoint> latest(Path path) throws IOException {
    return new CheckpointStore(path, 1, true).latest();
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
