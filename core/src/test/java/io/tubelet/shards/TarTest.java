package io.tubelet.shards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTest {
  private final Path folder;

  TarTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new SplittableRandom(bytes).nextBytes(noise);
    return noise;
  }

  private Path tar(int... sizes) throws IOException {
    Path file = folder.resolve("a.tar");
    try (TarWriter tar = new TarWriter(file)) {
      for (int size : sizes) {
        tar.add("%06d.mp4".formatted(size), noise(size));
      }
      tar.finish();
    }
    return file;
  }

  private static List<TarMember> members(Path file) throws IOException {
    List<TarMember> members = new ArrayList<>();
    try (TarReader tar = new TarReader(file)) {
      for (TarMember member = tar.next(); member != null; member = tar.next()) {
        members.add(member);
      }
    }
    return members;
  }

  private static byte[] content(Path file, TarMember member) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return Arrays.copyOfRange(all, (int) member.offset(), (int) (member.offset() + member.bytes()));
  }

  private static void tarProgram(Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    } catch (IOException absent) {
      assumeTrue(false, "no program tar on this machine");
      return;
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void writer_anySizes_areReadBack() throws Exception {
    Path file = tar(0, 1, 511, 512, 513, 70_000);
    assertThat(members(file))
        .extracting(TarMember::bytes)
        .containsExactly(0L, 1L, 511L, 512L, 513L, 70_000L);
    for (TarMember member : members(file)) {
      assertThat(content(file, member)).isEqualTo(noise((int) member.bytes()));
    }
    assertThat(Files.size(file) % 512).isZero();
  }

  @Test
  void writer_sameMembers_giveTheSameBytes() throws Exception {
    byte[] first = Files.readAllBytes(tar(10, 600));
    Files.delete(folder.resolve("a.tar"));
    assertThat(Files.readAllBytes(tar(10, 600))).isEqualTo(first);
  }

  @Test
  void writer_closedBeforeTheEnd_leavesNothing() throws Exception {
    try (TarWriter tar = new TarWriter(folder.resolve("a.tar"))) {
      tar.add("x.mp4", noise(10));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writer_nameTooLong_saysSo() throws Exception {
    try (TarWriter tar = new TarWriter(folder.resolve("a.tar"))) {
      assertThatThrownBy(() -> tar.add("x".repeat(101), noise(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("100")
          .hasMessageContaining("101");
    }
  }

  @Test
  void writtenFile_tarProgram_extractsTheSame() throws Exception {
    tar(3, 5000);
    tarProgram(folder, "-xf", "a.tar");
    assertThat(folder.resolve("000003.mp4")).hasBinaryContent(noise(3));
    assertThat(folder.resolve("005000.mp4")).hasBinaryContent(noise(5000));
  }

  @Test
  void reader_fileOfTheTarProgram_knowsLongNamesOfEveryFormat() throws Exception {
    String longName = "d".repeat(90) + "/" + "e".repeat(60) + "/ünder " + "f".repeat(90) + ".mp4";
    Path deep = folder.resolve("in").resolve(longName);
    Files.createDirectories(deep.getParent());
    Files.write(deep, noise(777));
    for (String format : List.of("gnu", "pax")) {
      Path file = folder.resolve(format + ".tar");
      tarProgram(folder, "--format=" + format, "-cf", file.toString(), "-C", "in", ".");
      List<TarMember> members = members(file);
      assertThat(members).extracting(TarMember::name).containsExactly("./" + longName);
      assertThat(content(file, members.get(0))).isEqualTo(noise(777));
    }
    Path shorter = folder.resolve("in2").resolve("d".repeat(90)).resolve("g.mp4");
    Files.createDirectories(shorter.getParent());
    Files.write(shorter, noise(5));
    tarProgram(folder, "--format=ustar", "-cf", "ustar.tar", "-C", "in2", ".");
    assertThat(members(folder.resolve("ustar.tar")))
        .extracting(TarMember::name)
        .containsExactly("./" + "d".repeat(90) + "/g.mp4");
  }

  @Test
  void reader_cutFile_namesTheFileAndTheByte() throws Exception {
    byte[] whole = Files.readAllBytes(tar(600, 700)); // headers at 0 and 1536, end mark at 3072
    Path cut = folder.resolve("cut.tar");
    for (int bytes : new int[] {100, 512, 1000, 1536, 1800, 2500, 3072, 3300}) {
      Files.write(cut, Arrays.copyOf(whole, bytes));
      assertThatThrownBy(() -> members(cut))
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("cut.tar, at byte ")
          .hasMessageContaining("cut short");
    }
    Files.write(cut, Arrays.copyOf(whole, 2500));
    assertThatThrownBy(() -> members(cut))
        .hasMessageContaining("at byte 1536: 000700.mp4 should have 700 bytes")
        .hasMessageContaining("452 bytes after");
  }

  @Test
  void reader_fileThatIsNoTar_saysSo() throws Exception {
    Path text =
        Files.write(folder.resolve("text.tar"), "no tar at all ".repeat(100).getBytes(UTF_8));
    assertThatThrownBy(() -> members(text))
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("text.tar, at byte 0: not the header");
  }

  @Test
  void reader_anyDamage_endsWithAMemberListOrAShardException() throws Exception {
    byte[] whole = Files.readAllBytes(tar(600, 700));
    SplittableRandom rng = new SplittableRandom(7);
    Path damaged = folder.resolve("damaged.tar");
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = whole.clone();
      for (int k = 0; k < 3; k++) {
        bytes[rng.nextInt(512)] = (byte) rng.nextInt();
      }
      Files.write(damaged, bytes);
      try {
        members(damaged);
      } catch (ShardException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(250);
  }
}
