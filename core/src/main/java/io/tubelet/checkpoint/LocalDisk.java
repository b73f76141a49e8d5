package io.tubelet.checkpoint;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file system of this machine. */
final class LocalDisk implements Disk {
  /** Windows neither lets a folder be opened nor needs it to be forced. */
  private static final boolean FOLDERS_CAN_BE_FORCED = File.separatorChar == '/';

  @Override
  public void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    syncParent(folder);
  }

  @Override
  public void write(Path file, Content content) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      content.pourInto(out);
      out.force(true);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    syncParent(to);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_FORCED) {
      try (FileChannel list = FileChannel.open(folder, StandardOpenOption.READ)) {
        list.force(true);
      }
    }
  }

  private void syncParent(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      syncFolder(parent);
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.deleteIfExists(path);
  }
}
