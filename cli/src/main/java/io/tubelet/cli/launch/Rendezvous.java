package io.tubelet.cli.launch;

/**
 * Where the launchers of several machines find the first of them.
 *
 * @param host of the first machine, by a name or address that all of them know
 * @param port on it
 */
public record Rendezvous(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /** For the ranks of a single machine. */
  static final String THIS_MACHINE = "127.0.0.1";

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Rendezvous parse(String words) {
    int colon = words.lastIndexOf(':');
    String host = words.substring(0, Math.max(0, colon));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      throw new IllegalArgumentException(
          "'%s' is no HOST:PORT; an IPv6 address stands in brackets, [::1]:29400".formatted(words));
    }
    String port = words.substring(colon + 1);
    if (host.isBlank() || !port.matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "'%s' is no HOST:PORT such as node0:29400".formatted(words));
    }
    int number = Integer.parseInt(port);
    if (number < 1 || number > MAX_PORT) {
      throw new IllegalArgumentException("a port is from 1 to %d: '%s'".formatted(MAX_PORT, words));
    }
    return new Rendezvous(host, number);
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
