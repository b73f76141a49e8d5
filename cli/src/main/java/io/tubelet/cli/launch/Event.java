package io.tubelet.cli.launch;

/** What a launcher waits for, whichever comes first. */
sealed interface Event {

  /** A rank of this machine has ended, and all that it said has been read. */
  record Ended(RankEnd end) implements Event {}

  /** Somebody asks this launcher to stop. */
  record StopAsked() implements Event {}

  /** The launcher of another machine wants to take part. */
  record Joined(Link from, Message.Hello hello) implements Event {}

  /** A launcher of another machine said something. */
  record Heard(Link from, Message message) implements Event {}

  /** The connection with a launcher of another machine is gone. */
  record Lost(Link from) implements Event {}
}
