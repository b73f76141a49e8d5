package io.tubelet.data;

import io.tubelet.data.ClipAttempts.Made;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.mask.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The endless stream of batches, made ahead by worker threads and handed out in order.
 *
 * <p>The stream is one seeded permutation of the videos after another, each cut to whole batches
 * (with fewer videos than a batch takes, a pass is one batch in which they come several times). A
 * batch is made of the next videos that can be read; each gives {@link DataConfig#repeats} clips. A
 * file that fails is quarantined and its place taken by the next video of the order, in the same
 * way however many workers there are: verdicts are spoken here, in order, not by the workers.
 *
 * <p>{@link #next} is for one thread; the other methods are for any.
 */
public final class ClipLoader implements Batches {
  /** Of the file's own deadline: one to open it, one to read it, one for what is not decoding. */
  private static final int DEADLINES = 3;

  /** A place of the stream whose clips are being made. */
  private record Task(long pass, long position, Entry entry, Workers.Job<Made> made) {}

  private final Manifest manifest;
  private final BatchSpec spec;
  private final int videosPerBatch;
  private final String hung;
  private final VideoOrder order;
  private final ClipAttempts attempts;
  private final Quarantine quarantine;
  private final Workers workers;
  private final LoadingPlan plan;
  private final @Nullable KeepingPace pace; // null where the number of workers was given
  private final BlockingDeque<Task> tasks = new LinkedBlockingDeque<>();
  private final List<ClipMaker.Clips> gathered = new ArrayList<>();
  private long submitPass;
  private long submitPosition;
  private final AtomicLong waitNanos = new AtomicLong();
  private long handedOut; // when, of System.nanoTime; 0 before the first batch
  private long reachedPass;
  private long reachedPosition;

  /**
   * Starts the workers; they begin at once.
   *
   * @param start where in the stream to begin, {@link Cursor#START} or {@link Batch#next}
   * @throws IllegalArgumentException when the batch is no multiple of the repeats
   */
  public ClipLoader(
      Manifest manifest,
      VideoOpener opener,
      DataConfig config,
      BatchSpec spec,
      Seeds seeds,
      Cursor start) {
    this.manifest = manifest;
    this.spec = spec;
    videosPerBatch = spec.videos(config.repeats());
    order = new VideoOrder(manifest, videosPerBatch, seeds);
    boolean caches = config.cache().bytes() > 0;
    ClipMaker maker =
        new ClipMaker(
            caches ? new FrameCache(opener, config.cache()) : opener, config, spec, seeds);
    int distinct = (int) manifest.entries().stream().map(Entry::name).distinct().count();
    quarantine = new Quarantine(distinct, config.maxBroken());
    quarantine.addAll(start.broken());
    attempts = new ClipAttempts(maker, quarantine);
    reachedPass = start.pass();
    reachedPosition = start.position();
    submitPass = start.pass();
    submitPosition = start.position();
    plan = LoadingPlan.of(config, spec.shape(), spec.clips());
    pace = plan.adapts() ? new KeepingPace(plan.workers(), videosPerBatch) : null;
    double limit = DEADLINES * config.open().deadline();
    hung = String.format(Locale.ROOT, "gave no answer in %.1f seconds", limit);
    workers = new Workers(plan.workers(), limit);
    submitAhead();
  }

  /** Batches of one pass over the data. */
  public long batchesPerPass() {
    return order.length() / videosPerBatch;
  }

  /**
   * The next batch; waits until it is made.
   *
   * @throws InterruptedException when interrupted while waiting; nothing is lost, the following
   *     call goes on where this one stopped
   * @throws DataException when too many videos cannot be read
   * @throws IllegalStateException when the loader is closed, or a worker met an {@link Error}
   */
  @Override
  public Batch next() throws InterruptedException, DataException {
    double training = handedOut == 0 ? 0 : (System.nanoTime() - handedOut) / 1e9;
    double waitedBefore = waitSeconds();
    gather();
    Batch batch = assemble();
    gathered.clear();
    if (pace != null && handedOut != 0) {
      workers.use(pace.taken(training, waitSeconds() - waitedBefore));
    }
    submitAhead();
    handedOut = System.nanoTime();
    return batch;
  }

  private void gather() throws InterruptedException, DataException {
    while (gathered.size() < videosPerBatch) {
      quarantine.requireFewEnough();
      submitAhead();
      Task task = tasks.element();
      Made made = await(task);
      tasks.remove();
      reachedPass = task.pass();
      reachedPosition = task.position() + 1;
      if (quarantine.broken().containsKey(task.entry().name())) {
        continue; // it failed at an earlier place: left out, even if this time it could be read
      }
      if (made.clips() != null) {
        gathered.add(made.clips());
      } else if (made.broken() != null) {
        quarantine.add(task.entry().name(), made.broken());
      }
    }
  }

  /** Videos left out so far; those met in prefetched batches count once their batch is taken. */
  @Override
  public Quarantine quarantine() {
    return quarantine;
  }

  /** Seconds that {@link #next} has waited for workers in all. */
  @Override
  public double waitSeconds() {
    return waitNanos.get() / 1e9;
  }

  /** Threads that make clips now: as many as were asked for, or as are needed to keep pace. */
  @Override
  public int workers() {
    return pace == null ? plan.workers() : pace.workers();
  }

  /** Stops the workers; a thread that waits in {@link #next} is freed. */
  @Override
  public void close() {
    workers.close();
    tasks.forEach(task -> task.made().cancel());
  }

  private void submitAhead() {
    while (tasks.size() < plan.videosAhead()) {
      if (submitPosition >= order.length()) {
        submitPosition = 0;
        submitPass++;
      }
      tasks.add(submit(submitPass, submitPosition++));
    }
  }

  private Task submit(long pass, long position) {
    int video = order.video(pass, position);
    Entry entry = manifest.entries().get(video);
    try {
      Workers.Job<Made> made =
          workers.submit(() -> make(video, entry, pass, position), new Made(null, hung));
      return new Task(pass, position, entry, made);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the loader is closed", e);
    }
  }

  private Made make(int video, Entry entry, long pass, long position) {
    long begin = System.nanoTime();
    Made made = attempts.make(video, entry, pass, position);
    if (pace != null && made.clips() != null) {
      pace.made((System.nanoTime() - begin) / 1e9);
    }
    return made;
  }

  private Made await(Task task) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      return task.made().await();
    } catch (CancellationException e) {
      throw new IllegalStateException("the loader is closed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "making clips of %s failed: %s".formatted(task.entry().file(), e.getCause()), e);
    } finally {
      waitNanos.addAndGet(System.nanoTime() - begin);
    }
  }

  private Cursor reached() {
    return reachedPosition < order.length()
        ? new Cursor(reachedPass, reachedPosition, quarantine.broken())
        : new Cursor(reachedPass + 1, 0, quarantine.broken());
  }

  private Batch assemble() {
    int clips = spec.clips();
    byte[] pixels = new byte[clips * spec.shape().bytes()];
    List<Mask> masks = new ArrayList<>();
    List<ClipDraw> draws = new ArrayList<>();
    int at = 0;
    for (ClipMaker.Clips ofVideo : gathered) {
      System.arraycopy(ofVideo.pixels(), 0, pixels, at, ofVideo.pixels().length);
      at += ofVideo.pixels().length;
      masks.addAll(ofVideo.masks());
      draws.addAll(ofVideo.draws());
    }
    return new Batch(spec.shape(), pixels, masks, draws, reached());
  }
}
