package io.tubelet.checkpoint;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The disk of this machine without the waiting for it: what a killed process has written is there
 * all the same, and a thousand saves take seconds however busy the disk.
 */
final class UnforcedDisk implements Disk {
  @Override
  public void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
  }

  @Override
  public void write(Path file, Content content) throws IOException {
    try (WritableByteChannel out =
        Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      content.pourInto(out);
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void syncFolder(Path folder) {}

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }
}
