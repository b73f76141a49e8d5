package io.tubelet.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A disk on which something may happen before each operation. */
final class FaultyDisk implements Disk {

  /** What happens: nothing, a failure of the disk, or the end of the process. */
  @FunctionalInterface
  interface Fault {
    /**
     * @param bytes about to be written; 0 for operations on names
     */
    void before(int bytes) throws IOException;
  }

  /** The process ends here: nothing is tidied up, because nobody is left to do it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final Disk disk;
  private final Fault fault;

  FaultyDisk(Disk disk, Fault fault) {
    this.disk = disk;
    this.fault = fault;
  }

  /** Runs out after so many bytes. */
  static FaultyDisk full(long capacity) {
    long[] left = {capacity};
    return new FaultyDisk(
        new UnforcedDisk(),
        bytes -> {
          if (bytes > left[0]) {
            throw new IOException("No space left on device");
          }
          left[0] -= bytes;
        });
  }

  /** Is stopped dead at the operation of this number, counted from zero. */
  static FaultyDisk killedAt(int operation) {
    int[] left = {operation};
    return new FaultyDisk(
        new UnforcedDisk(),
        bytes -> {
          if (left[0]-- == 0) {
            throw new Killed();
          }
        });
  }

  @Override
  public void createFolder(Path folder) throws IOException {
    fault.before(0);
    disk.createFolder(folder);
  }

  @Override
  public void write(Path file, Content content) throws IOException {
    fault.before(0);
    disk.write(file, out -> content.pourInto(new FaultyChannel(out)));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    fault.before(0);
    disk.rename(from, to);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    fault.before(0);
    disk.syncFolder(folder);
  }

  @Override
  public void delete(Path path) throws IOException {
    fault.before(0);
    disk.delete(path);
  }

  /** Writes in halves, so that a file can be left in the middle of a piece. */
  private final class FaultyChannel implements WritableByteChannel {
    private final WritableByteChannel out;

    FaultyChannel(WritableByteChannel out) {
      this.out = out;
    }

    @Override
    public int write(ByteBuffer piece) throws IOException {
      ByteBuffer half = piece.duplicate();
      half.limit(piece.position() + (piece.remaining() + 1) / 2);
      fault.before(half.remaining());
      int count = out.write(half);
      piece.position(piece.position() + count);
      return count;
    }

    @Override
    public boolean isOpen() {
      return out.isOpen();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
