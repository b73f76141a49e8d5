package io.tubelet.data;

import static java.util.Objects.requireNonNull;

import io.tubelet.data.ClipAttempts.Made;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.mask.Mask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One process's part of the stream that {@link ClipLoader} makes alone: the same videos in the same
 * batches, each made by one process.
 *
 * <p>A batch is the next videos of the order that can be read. Each process makes those at its
 * places; then all hear of each other's failures, later videos move up, and whoever has come to own
 * one makes it. So verdicts and batches are those of one process, however many there are.
 */
public final class StretchLoader implements Batches {
  private static final int DEADLINES = 3; // as for ClipLoader

  /** A place of the stream. */
  private record Place(long pass, long position) {}

  private final Manifest manifest;
  private final BatchSpec spec;
  private final int repeats;
  private final int prefetch;
  private final int videosPerBatch;
  private final int[] own;
  private final Verdicts verdicts;
  private final String hung;
  private final VideoOrder order;
  private final ClipAttempts attempts;
  private final Quarantine quarantine;
  private final int threadCount;
  private final Workers workers;
  private final Map<Place, Workers.Job<Made>> jobs = new HashMap<>();
  private final AtomicLong waitNanos = new AtomicLong();
  private Place reached;

  /**
   * Starts the workers; they begin at once.
   *
   * @param threads that decode, where the configuration names no number
   * @param start where in the stream to begin
   */
  public StretchLoader(
      Manifest manifest,
      VideoOpener opener,
      DataConfig config,
      BatchSpec spec,
      Seeds seeds,
      Cursor start,
      Stretch stretch,
      Verdicts verdicts,
      int threads) {
    this.manifest = manifest;
    this.spec = spec;
    this.verdicts = verdicts;
    repeats = config.repeats();
    prefetch = config.prefetch();
    videosPerBatch = spec.videos(repeats);
    own = stretch.places(videosPerBatch);
    order = new VideoOrder(manifest, videosPerBatch, seeds);
    boolean caches = config.cache().bytes() > 0;
    int distinct = (int) manifest.entries().stream().map(Entry::name).distinct().count();
    quarantine = new Quarantine(distinct, config.maxBroken());
    quarantine.addAll(start.broken());
    attempts =
        new ClipAttempts(
            new ClipMaker(
                caches ? new FrameCache(opener, config.cache()) : opener, config, spec, seeds),
            quarantine);
    reached = new Place(start.pass(), start.position());
    double limit = DEADLINES * config.open().deadline();
    hung = String.format(Locale.ROOT, "gave no answer in %.1f seconds", limit);
    threadCount = config.workers() > 0 ? config.workers() : threads;
    workers = new Workers(threadCount, limit);
    submitAhead();
  }

  @Override
  public Batch next() throws InterruptedException, DataException {
    List<Place> readable = new ArrayList<>();
    Set<Place> judged = new HashSet<>(); // here
    Place at = reached;
    while (true) {
      quarantine.requireFewEnough();
      at = fill(readable, at);
      Map<Integer, String> failures = new TreeMap<>(verdicts.ofAll(judge(readable, judged)));
      if (failures.isEmpty()) {
        break;
      }
      failures.forEach(
          (candidate, reason) -> quarantine.add(entry(readable.get(candidate)).name(), reason));
      dropBroken(readable, failures.keySet());
    }
    reached = at;
    Batch batch = assemble(readable);
    submitAhead();
    return batch;
  }

  /** Takes candidates from the order until a batch is full, and gives the place after them. */
  private Place fill(List<Place> candidates, Place from) {
    Place at = from;
    while (candidates.size() < videosPerBatch) {
      Place here = at.position() < order.length() ? at : new Place(at.pass() + 1, 0);
      if (!isBroken(here)) {
        candidates.add(here);
      }
      at = new Place(here.pass(), here.position() + 1);
    }
    return at;
  }

  /** Failures among this process's candidates that it has not judged before. */
  private Map<Integer, String> judge(List<Place> candidates, Set<Place> judged)
      throws InterruptedException {
    Map<Integer, String> failures = new TreeMap<>();
    for (int candidate : own) {
      submit(candidates.get(candidate));
    }
    for (int candidate : own) {
      Place place = candidates.get(candidate);
      if (judged.add(place)) {
        Made made = await(place);
        if (made.broken() != null) {
          failures.put(candidate, made.broken());
        }
      }
    }
    return failures;
  }

  /** A video that failed is left out from there on, even where it could be read later. */
  private void dropBroken(List<Place> candidates, Set<Integer> failed) {
    Set<String> names = new HashSet<>();
    List<Place> kept = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      String name = entry(candidates.get(i)).name();
      if (failed.contains(i)) {
        names.add(name);
      } else if (!names.contains(name)) {
        kept.add(candidates.get(i));
      }
    }
    candidates.clear();
    candidates.addAll(kept);
  }

  private boolean isBroken(Place place) {
    return quarantine.broken().containsKey(entry(place).name());
  }

  private Entry entry(Place place) {
    return manifest.entries().get(order.video(place.pass(), place.position()));
  }

  /** What this process will have to make if nothing more is broken. */
  private void submitAhead() {
    Place at = reached;
    Set<Place> wanted = new HashSet<>();
    for (int batch = 0; batch < prefetch; batch++) {
      List<Place> candidates = new ArrayList<>();
      at = fill(candidates, at);
      for (int candidate : own) {
        wanted.add(candidates.get(candidate));
        submit(candidates.get(candidate));
      }
    }
    jobs.entrySet()
        .removeIf(
            job -> {
              boolean unwanted = !wanted.contains(job.getKey());
              if (unwanted) {
                job.getValue().cancel();
              }
              return unwanted;
            });
  }

  private void submit(Place place) {
    jobs.computeIfAbsent(
        place,
        key -> {
          int video = order.video(key.pass(), key.position());
          Entry entry = manifest.entries().get(video);
          return workers.submit(
              () -> attempts.make(video, entry, key.pass(), key.position()), new Made(null, hung));
        });
  }

  private Made await(Place place) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      return requireNonNull(jobs.get(place)).await();
    } catch (CancellationException e) {
      throw new IllegalStateException("the loader is closed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "making clips of %s failed: %s".formatted(entry(place).file(), e.getCause()), e);
    } finally {
      waitNanos.addAndGet(System.nanoTime() - begin);
    }
  }

  private Batch assemble(List<Place> readable) throws InterruptedException {
    byte[] pixels = new byte[own.length * repeats * spec.shape().bytes()];
    List<Mask> masks = new ArrayList<>();
    List<ClipDraw> draws = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int at = 0;
    for (int candidate : own) {
      ClipMaker.Clips clips = requireNonNull(await(readable.get(candidate)).clips());
      System.arraycopy(clips.pixels(), 0, pixels, at, clips.pixels().length);
      at += clips.pixels().length;
      masks.addAll(clips.masks());
      draws.addAll(clips.draws());
      for (int k = 0; k < repeats; k++) {
        places.add(candidate * repeats + k);
      }
    }
    Place first = readable.get(0);
    BatchPart part = new BatchPart(spec.clips(), places, first.pass(), first.position() * repeats);
    return new Batch(spec.shape(), pixels, masks, draws, part, cursor());
  }

  private Cursor cursor() {
    return reached.position() < order.length()
        ? new Cursor(reached.pass(), reached.position(), quarantine.broken())
        : new Cursor(reached.pass() + 1, 0, quarantine.broken());
  }

  @Override
  public Quarantine quarantine() {
    return quarantine;
  }

  @Override
  public double waitSeconds() {
    return waitNanos.get() / 1e9;
  }

  @Override
  public int workers() {
    return threadCount;
  }

  @Override
  public void close() {
    workers.close();
    jobs.values().forEach(Workers.Job::cancel);
  }
}
