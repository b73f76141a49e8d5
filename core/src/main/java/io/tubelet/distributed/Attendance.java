package io.tubelet.distributed;

import io.tubelet.tensor.TensorScope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.ByteVector;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/**
 * Who is there and how far: every second each process writes into the store how many exchanges it
 * has begun. Failures of exchanges name addresses at best; this tells which rank is missing.
 */
final class Attendance implements AutoCloseable {
  private static final long BEAT = 1_000; // milliseconds
  private static final long PATIENCE = 2_500; // several beats
  private static final long STORE_TIMEOUT = 5_000;
  private static final long CLOSE_TIMEOUT = 2_000;

  /** What a rank last wrote. */
  private record Entry(long beat, long exchanges, boolean complains) {
    byte[] bytes() {
      return "%d %d %b".formatted(beat, exchanges, complains).getBytes(StandardCharsets.US_ASCII);
    }

    static Entry of(byte[] bytes) {
      String[] words = new String(bytes, StandardCharsets.US_ASCII).split(" ");
      return new Entry(
          Long.parseLong(words[0]), Long.parseLong(words[1]), Boolean.parseBoolean(words[2]));
    }
  }

  private final World world;
  private final TCPStore store; // a connection of its own: the other may be waiting
  private final Thread thread = new Thread(this::beat, "attendance");
  private final AtomicLong exchanges = new AtomicLong();
  private volatile boolean complains;
  private long beats;

  /**
   * @param world whose store is open
   */
  Attendance(World world) {
    this.world = world;
    try (TensorScope scope = new TensorScope()) {
      TCPStoreOptions options = new TCPStoreOptions();
      options.port((short) world.port());
      options.isServer(false);
      options.waitWorkers(false);
      options.timeout(new Milliseconds(STORE_TIMEOUT));
      store = new TCPStore(world.host(), options);
      store.retainReference();
    }
    write();
    thread.setDaemon(true);
    thread.start();
  }

  /** One more exchange begins. For the thread that trains. */
  void count() {
    exchanges.incrementAndGet();
  }

  private void beat() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(BEAT);
        write();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException storeIsGone) {
      // The next exchange fails as well, and tells.
    }
  }

  private synchronized void write() {
    try (TensorScope scope = new TensorScope()) {
      Entry own = new Entry(++beats, exchanges.get(), complains);
      store.set(key(world.rank()), new ByteVector(own.bytes()));
    }
  }

  private static String key(int rank) {
    return "tubelet/attendance/" + rank;
  }

  /** After an exchange has failed: which ranks are to blame, in words. Takes some seconds. */
  String absentees() {
    complains = true;
    try {
      write();
      Map<Integer, Entry> before = read();
      Thread.sleep(PATIENCE);
      return judge(before, read());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "another rank";
    } catch (RuntimeException storeIsGone) {
      return world.rank() == 0 ? "another rank" : "rank 0, which keeps the meeting place";
    }
  }

  private synchronized Map<Integer, Entry> read() {
    Map<Integer, Entry> entries = new TreeMap<>();
    try (TensorScope scope = new TensorScope()) {
      for (int rank = 0; rank < world.size(); rank++) {
        if (store.check(new StringVector(key(rank)))) {
          entries.put(rank, Entry.of(store.get(key(rank)).get()));
        }
      }
    }
    return entries;
  }

  private String judge(Map<Integer, Entry> before, Map<Integer, Entry> after) {
    List<String> gone = new ArrayList<>();
    List<String> late = new ArrayList<>();
    for (int rank = 0; rank < world.size(); rank++) {
      Entry now = after.get(rank);
      if (now == null) {
        gone.add("rank %d, which never came".formatted(rank));
      } else if (rank != world.rank() && now.equals(before.get(rank))) {
        gone.add("rank %d, which gives no sign of life".formatted(rank));
      } else if (!now.complains() && now.exchanges() < exchanges.get()) {
        late.add("rank %d, which lives but does not come".formatted(rank));
      }
    }
    List<String> blamed = gone.isEmpty() ? late : gone;
    return blamed.isEmpty()
        ? "another rank"
        : blamed.stream().collect(Collectors.joining("; and "));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive()) {
      store.releaseReference();
    }
  }
}
