package io.tubelet.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Good files with random damage: each is read, or refused with a {@link PickleException}. Whatever
 * else is thrown fails the test; so does a hang, and an allocation out of proportion meets the test
 * JVM's small heap.
 */
@Timeout(60)
class TorchFileFuzzTest {
  private int refused;

  @Test
  void pickles_withRandomDamage_areReadOrRefused() {
    byte[] good = richPickle();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 25_000; i++) {
      byte[] bad = damaged(good, random);
      attempt(() -> PickleBuilder.read(bad), i);
    }
    assertThat(refused).isBetween(10_000, 24_999);
  }

  @Test
  void zipFiles_withDamagedPickles_areReadOrRefused(@TempDir Path folder) {
    byte[] good = ForgedFiles.model().stop();
    SplittableRandom random = new SplittableRandom(2);
    Path file = folder.resolve("pickle.pth");
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = damaged(good, random);
      attempt(() -> readAll(ForgedFiles.zip(file, bad, ForgedFiles.storages())), i);
    }
    assertThat(refused).isBetween(1_000, 1_999);
  }

  @Test
  void zipFiles_withRandomDamage_areReadOrRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("zip.pth");
    byte[] good =
        Files.readAllBytes(
            ForgedFiles.zip(file, ForgedFiles.model().stop(), ForgedFiles.storages()));
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 2_500; i++) {
      byte[] bad = damaged(good, random);
      attempt(() -> readAll(Files.write(file, bad)), i);
    }
    assertThat(refused).isBetween(1_000, 2_499);
  }

  @Test
  void olderFiles_withRandomDamage_areReadOrRefused(@TempDir Path folder) {
    Path file = folder.resolve("legacy.pth");
    byte[] good = ForgedFiles.legacyModel();
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 2_500; i++) {
      byte[] bad = damaged(good, random);
      attempt(() -> readAll(Files.write(file, bad)), i);
    }
    assertThat(refused).isBetween(1_000, 2_499);
  }

  private interface Reading {
    void run() throws IOException;
  }

  private void attempt(Reading reading, int number) {
    try {
      reading.run();
    } catch (PickleException e) {
      refused++;
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError("case " + number, e);
    }
  }

  /** Opens, and touches every number. */
  private static void readAll(Path file) throws IOException {
    try (TensorScope scope = new TensorScope();
        TorchFile opened = TorchFile.open(file)) {
      touch(opened.root());
    }
  }

  private static void touch(@Nullable Object value) {
    if (value instanceof Tensor tensor) {
      tensor.sum();
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(TorchFileFuzzTest::touch);
    } else if (value instanceof Collection<?> items) {
      items.forEach(TorchFileFuzzTest::touch);
    }
  }

  /** One of each instruction that files have, so that damage reaches all of them. */
  private static byte[] richPickle() {
    return new PickleBuilder()
        .op(Opcode.EMPTY_DICT, Opcode.BINPUT, 0, Opcode.MARK)
        .text("model")
        .tensor("0", 4, 1, new long[] {3}, new long[] {1})
        .text("args")
        .global("argparse", "Namespace")
        .op(Opcode.EMPTY_TUPLE, Opcode.NEWOBJ, Opcode.BINPUT, 1, Opcode.EMPTY_DICT)
        .text("lr")
        .op(Opcode.BINFLOAT, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0, Opcode.SETITEM, Opcode.BUILD)
        .text("list")
        .op(Opcode.EMPTY_LIST, Opcode.MARK, Opcode.BININT1, 1, Opcode.NONE, Opcode.APPENDS)
        .text("set")
        .global("__builtin__", "set")
        .op(Opcode.EMPTY_LIST, Opcode.BININT2, 1, 2, Opcode.APPEND)
        .op(Opcode.TUPLE1, Opcode.REDUCE)
        .text("array")
        .global("numpy.core.multiarray", "_reconstruct")
        .op(Opcode.EMPTY_TUPLE, Opcode.REDUCE, Opcode.MARK, Opcode.BININT1, 1)
        .integers(2)
        .global("numpy", "dtype")
        .text("i2")
        .op(Opcode.TUPLE1, Opcode.REDUCE, Opcode.NEWFALSE)
        .op(Opcode.SHORT_BINBYTES, 4, 1, 0, 2, 0, Opcode.TUPLE, Opcode.BUILD)
        .text("device")
        .global("torch", "device")
        .text("cuda")
        .op(Opcode.BININT1, 0, Opcode.TUPLE2, Opcode.REDUCE)
        .text("huge")
        .op(Opcode.LONG1, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1)
        .op(Opcode.SETITEMS)
        .stop();
  }

  /** One to four changes: bits, bytes that mean something, large numbers, cuts and repeats. */
  private static byte[] damaged(byte[] good, SplittableRandom random) {
    byte[] bytes = good.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && bytes.length > 8; i++) {
      int at = random.nextInt(bytes.length - 8);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = good[random.nextInt(good.length)];
        case 2 -> bytes[at] = new byte[] {0, -1, 127, -128}[random.nextInt(4)];
        case 3 -> Arrays.fill(bytes, at, at + 4 + random.nextInt(5), (byte) random.nextInt(-1, 1));
        case 4 -> {
          int from = random.nextInt(bytes.length - 8);
          System.arraycopy(bytes, from, bytes, at, random.nextInt(9));
        }
        default -> {
          if (random.nextInt(8) == 0) {
            bytes = Arrays.copyOf(bytes, at);
          }
        }
      }
    }
    return bytes;
  }
}
