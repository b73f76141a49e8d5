package io.tubelet.report;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;

/**
 * An event file that TensorBoard reads: {@code events.out.tfevents.<seconds>.<host>}.
 *
 * <p>Message and field numbers are those of TensorFlow's {@code event.proto} and {@code
 * summary.proto}, file version {@code brain.Event:2}. Every record reaches the operating system
 * before the call returns, so a killed run loses nothing it has reported.
 */
public final class TensorBoardWriter implements StepSink {

  private static final int EVENT_WALL_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_FILE_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION_LOG = 7;

  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SIMPLE = 2;
  private static final int VALUE_IMAGE = 4;
  private static final int VALUE_TENSOR = 8;
  private static final int VALUE_METADATA = 9;

  private static final int SESSION_STATUS = 1;
  private static final long SESSION_START = 1;

  private static final long DT_STRING = 7;
  private static final int PNG_WIDTH_AT = 16;
  private static final int RGB = 3;

  private final Path file;
  private final Clock clock;
  private final OutputStream out;

  private TensorBoardWriter(Path file, Clock clock, OutputStream out) {
    this.file = file;
    this.clock = clock;
    this.out = out;
  }

  /** A new event file in {@code directory}, which is made where it is missing. */
  public static TensorBoardWriter create(Path directory) throws IOException {
    return create(directory, Clock.systemUTC(), hostName());
  }

  /**
   * A new event file that continues a run from the checkpoint of {@code step}: TensorBoard is told
   * to forget what earlier files of the folder say of later steps.
   */
  public static TensorBoardWriter resume(Path directory, long step) throws IOException {
    TensorBoardWriter writer = create(directory);
    writer.event(
        step + 1, EVENT_SESSION_LOG, new ProtobufMessage().put(SESSION_STATUS, SESSION_START));
    return writer;
  }

  static TensorBoardWriter create(Path directory, Clock clock, String host) throws IOException {
    Files.createDirectories(directory);
    // TensorBoard reads files in the order of their names: a second run within one second takes
    // the next second's name.
    for (long second = clock.instant().getEpochSecond(); ; second++) {
      Path file = directory.resolve("events.out.tfevents.%010d.%s".formatted(second, host));
      OutputStream out;
      try {
        out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (FileAlreadyExistsException taken) {
        continue;
      }
      var writer = new TensorBoardWriter(file, clock, out);
      writer.write(writer.event().put(EVENT_FILE_VERSION, "brain.Event:2"));
      return writer;
    }
  }

  public Path file() {
    return file;
  }

  /** The curves of a report, under {@code train/}, {@code speed/} and {@code memory/}. */
  @Override
  public void accept(StepReport r) throws IOException {
    var summary = new ProtobufMessage();
    addScalar(summary, "train/loss", r.loss());
    addScalar(summary, "train/learning_rate", r.learningRate());
    addScalar(summary, "train/gradient_norm", r.gradNorm());
    addScalar(summary, "train/skipped_steps", (double) r.skippedSteps());
    addScalar(summary, "train/epoch", r.epoch());
    addScalar(summary, "speed/clips_per_second", r.clipsPerSecond());
    addScalar(summary, "speed/loader_wait_share", r.loaderWaitShare());
    if (r.loaderWorkers() > 0) {
      addScalar(summary, "speed/loader_workers", r.loaderWorkers());
    }
    if (r.rssBytes() > 0) {
      addScalar(summary, "memory/resident_gigabytes", r.rssBytes() / 1e9);
    }
    event(r.step(), EVENT_SUMMARY, summary);
  }

  /** The curves of a validation, under {@code validation/}; what is not known is left out. */
  public void accept(Validation v) throws IOException {
    var summary = new ProtobufMessage();
    addFinite(summary, "validation/top1", v.top1());
    addFinite(summary, "validation/top5", v.top5());
    addFinite(summary, "validation/log_loss", v.logLoss());
    event(v.step(), EVENT_SUMMARY, summary);
  }

  /** One number under {@code tag}. */
  public void scalar(String tag, long step, double value) throws IOException {
    var summary = new ProtobufMessage();
    addScalar(summary, tag, value);
    event(step, EVENT_SUMMARY, summary);
  }

  /**
   * A picture under {@code tag}.
   *
   * @param png an RGB picture in PNG format
   */
  public void image(String tag, long step, byte[] png) throws IOException {
    var size = ByteBuffer.wrap(png, PNG_WIDTH_AT, 8); // of the header chunk: width, height
    long width = size.getInt();
    long height = size.getInt();
    var image = new ProtobufMessage().put(1, height).put(2, width).put(3, (long) RGB).put(4, png);
    value(step, new ProtobufMessage().put(VALUE_TAG, tag).put(VALUE_IMAGE, image));
  }

  /** Text under {@code tag}; TensorBoard shows it as Markdown. */
  public void text(String tag, long step, String markdown) throws IOException {
    var oneString = new ProtobufMessage().put(2, new ProtobufMessage().put(1, 1L)); // shape [1]
    var tensor = new ProtobufMessage().put(1, DT_STRING).put(2, oneString).put(8, markdown);
    var plugin = new ProtobufMessage().put(1, new ProtobufMessage().put(1, "text"));
    value(
        step,
        new ProtobufMessage()
            .put(VALUE_TAG, tag)
            .put(VALUE_TENSOR, tensor)
            .put(VALUE_METADATA, plugin));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static void addScalar(ProtobufMessage summary, String tag, double value) {
    summary.put(
        SUMMARY_VALUE, new ProtobufMessage().put(VALUE_TAG, tag).put(VALUE_SIMPLE, (float) value));
  }

  private static void addFinite(ProtobufMessage summary, String tag, double value) {
    if (Double.isFinite(value)) {
      addScalar(summary, tag, value);
    }
  }

  private void value(long step, ProtobufMessage value) throws IOException {
    event(step, EVENT_SUMMARY, new ProtobufMessage().put(SUMMARY_VALUE, value));
  }

  private void event(long step, int field, ProtobufMessage content) throws IOException {
    write(event().put(EVENT_STEP, step).put(field, content));
  }

  private ProtobufMessage event() {
    Instant now = clock.instant();
    return new ProtobufMessage().put(EVENT_WALL_TIME, now.getEpochSecond() + now.getNano() * 1e-9);
  }

  private void write(ProtobufMessage event) throws IOException {
    out.write(RecordFraming.frame(event.bytes()));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "localhost";
    }
  }
}
