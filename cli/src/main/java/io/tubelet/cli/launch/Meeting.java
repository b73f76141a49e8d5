package io.tubelet.cli.launch;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;

/** On the first machine: lets the launchers of the others come in, for as long as it is open. */
final class Meeting implements Closeable {
  private final ServerSocket door;
  private final Duration silence;
  private final Consumer<Event> events;

  /**
   * Opens the door.
   *
   * @throws IOException when the place is not on this machine, or taken
   */
  Meeting(Rendezvous place, Duration silence, Consumer<Event> events) throws IOException {
    requireHere(place);
    this.silence = silence;
    this.events = events;
    try {
      door = new ServerSocket(place.port());
    } catch (BindException taken) {
      throw new IOException(
          "--rendezvous %s: the port is taken on this machine; choose another, the same on all machines"
              .formatted(place),
          taken);
    }
    background("meeting", this::letIn);
  }

  private static void requireHere(Rendezvous place) throws IOException {
    InetAddress address = InetAddress.getByName(place.host());
    if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
      throw new IOException(
          "--rendezvous %s: %s is none of this machine's addresses, and this is --node-rank=0"
              .formatted(place, address.getHostAddress()));
    }
  }

  private void letIn() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        background("hello", () -> greet(socket));
      } catch (IOException closed) {
        // or a caller that hung up before it was heard
      }
    }
  }

  /** Who is no launcher, or says nothing, is not heard of again. */
  private void greet(Socket socket) {
    try {
      Link link = new Link(socket, silence);
      if (link.read() instanceof Message.Hello hello) {
        events.accept(new Event.Joined(link, hello));
      } else {
        link.close();
      }
    } catch (IOException noLauncher) {
      try {
        socket.close();
      } catch (IOException ignored) {
        // closed either way
      }
    }
  }

  private static void background(String task, Runnable work) {
    Thread thread = new Thread(work, "tubelet-" + task);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
