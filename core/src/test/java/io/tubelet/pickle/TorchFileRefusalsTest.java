package io.tubelet.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged and hostile files: one clear sentence each, naming the file. */
class TorchFileRefusalsTest {
  private final Path folder;
  private final Path file;

  TorchFileRefusalsTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("hostile.pth");
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(
            () -> {
              try (TensorScope scope = new TensorScope();
                  TorchFile opened = TorchFile.open(file)) {
                opened.stateDict();
              }
            })
        .isInstanceOf(PickleException.class)
        .hasMessageContaining("hostile.pth: ")
        .message()
        .contains(parts);
  }

  private void assertReadable() throws IOException {
    try (TensorScope scope = new TensorScope();
        TorchFile opened = TorchFile.open(file)) {
      assertThat(opened.stateDict()).containsOnlyKeys("w", "b");
    }
  }

  private byte[] goodZip() throws IOException {
    ForgedFiles.zip(file, ForgedFiles.model().stop(), ForgedFiles.storages());
    assertReadable();
    return Files.readAllBytes(file);
  }

  @Test
  void open_callOfAFunction_isRefusedByName() throws IOException {
    byte[] pickle =
        new PickleBuilder()
            .global("os", "system")
            .text("touch " + folder.resolve("executed"))
            .op(Opcode.TUPLE1, Opcode.REDUCE)
            .stop();
    ForgedFiles.zip(file, pickle, Map.of());
    assertRefused("os.system", "is not run", "a/data.pkl, byte");
    assertThat(folder.resolve("executed")).doesNotExist();
  }

  @Test
  void open_otherKindsOfFile_areRefused() throws IOException {
    Files.write(file, new byte[0]);
    assertRefused("not a file of torch.save");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1");
    assertRefused("begins with the bytes 76657273");
    ForgedFiles.zip(file, new byte[0], Map.of());
    assertRefused("ends in the middle");
    ForgedFiles.zip(
        file,
        ForgedFiles.model().stop(),
        Map.of("constants.pkl", new byte[1], "code/x.py", new byte[1]));
    assertRefused("TorchScript");
    ForgedFiles.zip(
        file,
        ForgedFiles.model().stop(),
        Map.of("byteorder", "big".getBytes(StandardCharsets.UTF_8)));
    assertRefused("'big'-endian");
  }

  @Test
  void open_compressedEntry_isRefusedUnread() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("a/data.pkl"));
      zip.write(new byte[1 << 20]);
      zip.closeEntry();
    }
    assertRefused("'a/data.pkl' is compressed");
  }

  @Test
  void open_nameTwice_isRefused() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      StoredZipWriter zip = new StoredZipWriter(channel);
      zip.add("a/data.pkl", ForgedFiles.model().stop());
      zip.add("a/data/0", new byte[16]);
      zip.add("a/data/0", new byte[16]);
      zip.finish();
    }
    assertRefused("two entries called 'a/data/0'");
  }

  @Test
  void open_twoPickles_isRefused() throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      StoredZipWriter zip = new StoredZipWriter(channel);
      zip.add("a/data.pkl", ForgedFiles.model().stop());
      zip.add("b/data.pkl", ForgedFiles.model().stop());
      zip.finish();
    }
    assertRefused("two pickles", "a/data.pkl", "b/data.pkl");
  }

  @Test
  void open_storageMissingOrOfAnotherLength_isRefused() throws IOException {
    ForgedFiles.zip(file, ForgedFiles.model().stop(), Map.of("data/0", new byte[16]));
    assertRefused("no entry 'a/data/1'");
    Map<String, byte[]> entries = new HashMap<>(ForgedFiles.storages());
    entries.put("data/0", new byte[15]);
    ForgedFiles.zip(file, ForgedFiles.model().stop(), entries);
    assertRefused("storage '0' has 15 bytes, should have 16");
    entries = new HashMap<>(ForgedFiles.storages());
    entries.put("data/1", new byte[13]);
    ForgedFiles.zip(file, ForgedFiles.model().stop(), entries);
    long before = Pointer.totalCount();
    assertThatThrownBy(() -> TorchFile.open(file)).hasMessageContaining("storage '1'");
    assertThat(Pointer.totalCount()).as("the tensor before it is released").isEqualTo(before);
  }

  @Test
  void open_entryThatLeavesTheFile_isRefused() throws IOException {
    byte[] bytes = goodZip();
    int record = ForgedFiles.find(bytes, "a/data/1", 2) - 46; // the directory's mention
    Arrays.fill(bytes, record + 20, record + 28, (byte) 0x7f); // both sizes
    Files.write(file, bytes);
    assertRefused("entry 'a/data/1', 2139062143 bytes");
  }

  @Test
  void open_entriesOverOneAnother_areRefused() throws IOException {
    byte[] bytes = goodZip();
    int first = ForgedFiles.find(bytes, "a/data/0", 2) - 46;
    int second = ForgedFiles.find(bytes, "a/data/1", 2) - 46;
    System.arraycopy(bytes, first + 42, bytes, second + 42, 4); // where its header lies
    Files.write(file, bytes);
    assertRefused("'a/data/1' has a damaged header");

    bytes = goodZip();
    bytes[first + 20] = 60; // both sizes: from 64 bytes before the next entry into its header
    bytes[first + 24] = 60;
    Files.write(file, bytes);
    assertRefused("'a/data/0' and 'a/data/1' overlap");
  }

  @Test
  void open_flippedBitInThePickle_isFoundByItsChecksum() throws IOException {
    byte[] bytes = goodZip();
    bytes[ForgedFiles.find(bytes, "_rebuild_tensor_v2", 1)] ^= 1;
    Files.write(file, bytes);
    assertRefused("'a/data.pkl' is damaged", "checksum");
  }

  @Test
  void open_zipCutShortAnywhere_isRefused() throws IOException {
    byte[] bytes = goodZip();
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertRefused("");
    }
  }

  @Test
  void open_olderLayoutCutShortAnywhere_isRefused() throws IOException {
    byte[] bytes = ForgedFiles.legacyModel();
    Files.write(file, bytes);
    assertReadable();
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertRefused("");
    }
  }

  @Test
  void open_olderLayoutWithWrongStorages_isRefused() throws IOException {
    byte[] pickle = ForgedFiles.model().stop();
    byte[] storages = ForgedFiles.legacyStorages(4, 3);
    Files.write(file, ForgedFiles.legacy(pickle, ForgedFiles.keys("0", "0"), storages));
    assertRefused("one twice");
    Files.write(file, ForgedFiles.legacy(pickle, ForgedFiles.keys("0", "9"), storages));
    assertRefused("no tensor uses");
    Files.write(file, ForgedFiles.legacy(pickle, ForgedFiles.keys("0"), storages));
    assertRefused("storage '1' has 0 bytes, should have 12");
    Files.write(file, ForgedFiles.legacy(pickle, pickle, storages));
    assertRefused("storage keys are a dict");
    Files.write(
        file,
        ForgedFiles.legacy(pickle, ForgedFiles.keys("0", "1"), ForgedFiles.legacyStorages(4, 4)));
    assertRefused("storage '1' should have 3 elements; the file says 4");
  }

  @Test
  void stateDict_somethingElseAmongTheWeights_isRefusedByName() throws IOException {
    byte[] pickle =
        new PickleBuilder()
            .op(Opcode.EMPTY_DICT)
            .text("model")
            .op(Opcode.EMPTY_DICT)
            .text("weight")
            .op(Opcode.BININT1, 3, Opcode.SETITEM, Opcode.SETITEM)
            .stop();
    ForgedFiles.zip(file, pickle, Map.of());
    assertRefused("'weight' in 'model' is an integer, should be a tensor");
  }
}
