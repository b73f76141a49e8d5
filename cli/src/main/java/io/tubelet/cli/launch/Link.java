package io.tubelet.cli.launch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection with the launcher of another machine. Both sides say something now and then: a
 * machine that lost its power closes no connection, and is known by its silence.
 */
final class Link implements Closeable {
  private static final int LONGEST_LINE = 64 * 1024;
  private static final int WORDS_PER_SILENCE = 4;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  /**
   * Takes a connected socket.
   *
   * @param silence how long the other may say nothing
   */
  Link(Socket socket, Duration silence) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, silence.toMillis()));
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    long pause =
        Math.max(1, Math.min(LONGEST_PAUSE_MILLIS, silence.toMillis() / WORDS_PER_SILENCE));
    background("alive", () -> sayAlive(pause));
  }

  /** From now on what comes is told. */
  void listen(Consumer<Event> events) {
    background(
        "listen",
        () -> {
          try {
            while (true) {
              Message message = read();
              if (!(message instanceof Message.Alive)) {
                events.accept(new Event.Heard(this, message));
              }
            }
          } catch (IOException gone) {
            close();
            events.accept(new Event.Lost(this));
          }
        });
  }

  /** The next message. */
  Message read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = in.read()) != '\n') {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (line.size() == LONGEST_LINE) {
        throw new IOException("a line too long to be a launcher's");
      }
      line.write(next);
    }
    return Message.Json.read(line.toString(StandardCharsets.UTF_8));
  }

  /**
   * Says something; whether it arrives is not known, and a broken connection is told by listening.
   */
  void say(Message message) {
    byte[] line = (Message.Json.line(message) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (socket) {
      try {
        socket.getOutputStream().write(line);
      } catch (IOException broken) {
        close();
      }
    }
  }

  private void sayAlive(long pause) {
    try {
      while (!socket.isClosed()) {
        Thread.sleep(pause);
        say(new Message.Alive());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void background(String task, Runnable work) {
    Thread thread = new Thread(work, "tubelet-link-" + task);
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return String.valueOf(socket.getRemoteSocketAddress());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException ignored) {
      // it is of no more use either way
    }
  }
}
