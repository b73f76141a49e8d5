package io.tubelet.cli.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The launcher that decides: of the only machine, or of the first of several. */
final class FirstNode {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final LaunchPlan plan;
  private final RankProgram program;
  private final Screen screen;
  private final EventQueue events;
  private final Guests guests;
  private @Nullable Round round;
  private boolean stopAsked;

  FirstNode(LaunchPlan plan, RankProgram program, Screen screen, EventQueue events) {
    this.plan = plan;
    this.program = program;
    this.screen = screen;
    this.events = events;
    guests = new Guests(plan);
  }

  /** Runs all to the end; the exit code. */
  int run() throws IOException, InterruptedException {
    if (plan.layout().nodes() == 1) {
      return startUntilDone();
    }
    if (!awaitName()) {
      return Trouble.stopped().code();
    }
    try (Meeting meeting = new Meeting(plan.meeting(), plan.timeout(), events)) {
      int code = startUntilDone();
      sayGoodbye(code);
      return code;
    }
  }

  /**
   * Waits until the name of this machine is known: those of containers are not at once.
   *
   * @return whether it is; not, when somebody asked to stop
   */
  private boolean awaitName() throws IOException, InterruptedException {
    Instant late = Instant.now().plus(plan.timeout());
    while (true) {
      try {
        return InetAddress.getByName(plan.meeting().host()) != null;
      } catch (UnknownHostException unknown) {
        if (Instant.now().isAfter(late)) {
          throw new IOException("--rendezvous %s: no such host".formatted(plan.meeting()), unknown);
        }
      }
      if (events.next(Optional.of(PAUSE)).isPresent()) {
        return false;
      }
    }
  }

  private int startUntilDone() throws IOException, InterruptedException {
    boolean resume = false;
    for (int restarts = 0; ; restarts++) {
      Optional<Trouble> trouble = once(resume);
      if (trouble.isEmpty()) {
        return 0;
      }
      int code = trouble.get().code();
      if (stopAsked || trouble.get().stop()) {
        screen.say("stopped; all ranks have ended");
        return code;
      }
      screen.say(trouble.get().sentence());
      if (!trouble.get().curable() || restarts == plan.restarts()) {
        return code;
      }
      resume = program.canResume();
      screen.say(
          "all ranks start again, %d of at most %d times, from the %s"
              .formatted(restarts + 1, plan.restarts(), resume ? "last checkpoint" : "beginning"));
    }
  }

  private Optional<Trouble> once(boolean resume) throws IOException, InterruptedException {
    Optional<Trouble> nobody = awaitGuests();
    if (nobody.isPresent()) {
      return nobody;
    }
    int port = freePort();
    Attempt here = new Attempt(plan, program, port, resume, screen, events);
    guests.say(new Message.Start(port, resume));
    Round running = new Round(plan, here, guests);
    round = running;
    if (stopAsked) {
      running.end();
    }
    while (!running.isOver()) {
      Optional<Event> event = events.next(running.patience());
      event.ifPresentOrElse(this::take, running::timePassed);
    }
    round = null;
    Optional<Trouble> trouble = running.trouble();
    return stopAsked ? Optional.of(Trouble.stopped()) : trouble;
  }

  private Optional<Trouble> awaitGuests() throws InterruptedException {
    Instant late = Instant.now().plus(plan.timeout());
    while (!guests.missing().isEmpty() && !stopAsked) {
      Duration left = Duration.between(Instant.now(), late);
      if (left.isNegative()) {
        return Optional.of(
            Trouble.lasting(
                "node %s did not come to %s within %d s"
                    .formatted(
                        guests.missing().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(", ")),
                        plan.meeting(),
                        plan.timeout().toSeconds())));
      }
      events.next(Optional.of(left)).ifPresent(this::take);
    }
    return stopAsked ? Optional.of(Trouble.stopped()) : Optional.empty();
  }

  private void take(Event event) {
    Round running = round;
    if (event instanceof Event.StopAsked) {
      stop();
    } else if (event instanceof Event.Ended ended) {
      if (running != null) {
        running.ended(ended.end());
      }
    } else if (event instanceof Event.Joined joined) {
      joined.from().listen(events);
      guests.welcome(joined.from(), joined.hello()).ifPresent(screen::say);
    } else if (event instanceof Event.Lost lost) {
      guests.lost(lost.from()).filter(node -> running != null).ifPresent(this::lost);
    } else if (event instanceof Event.Heard heard) {
      guests.node(heard.from()).ifPresent(node -> hear(node, heard.message()));
    }
  }

  private void lost(int node) {
    if (round != null) {
      round.lost(node);
    }
  }

  private void hear(int node, Message message) {
    if (message instanceof Message.Failing failing) {
      if (failing.stopAsked()) {
        stop();
      } else if (round != null) {
        round.end();
      }
    } else if (message instanceof Message.Done done && round != null) {
      round.done(node, done.trouble());
    }
  }

  private void stop() {
    stopAsked = true;
    if (round != null) {
      round.end();
    }
  }

  /** Waits for the others to hang up: a connection closed too early may lose its last words. */
  private void sayGoodbye(int code) throws InterruptedException {
    guests.say(new Message.Finish(code));
    Instant late = Instant.now().plus(FAREWELL);
    while (guests.areThere() && Instant.now().isBefore(late)) {
      Duration left = Duration.between(Instant.now(), late);
      events.next(Optional.of(left)).ifPresent(this::take);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
