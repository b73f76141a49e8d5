package io.tubelet.cli.launch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The launcher of a machine that is not the first: it does what that one's says. */
final class OtherNode {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int CONNECTING_MILLIS = 5_000;
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final int RUNNING = -1;

  private final LaunchPlan plan;
  private final RankProgram program;
  private final Screen screen;
  private final EventQueue events;
  private @Nullable Attempt here;
  private boolean alone;

  OtherNode(LaunchPlan plan, RankProgram program, Screen screen, EventQueue events) {
    this.plan = plan;
    this.program = program;
    this.screen = screen;
    this.events = events;
  }

  /** Runs to the end; the exit code. */
  int run() throws IOException, InterruptedException {
    Optional<Link> found = find();
    if (found.isEmpty()) {
      screen.say("stopped");
      return Trouble.stopped().code();
    }
    try (Link link = found.get()) {
      link.say(new Message.Hello(plan.version(), plan.layout()));
      link.listen(events);
      int code = RUNNING;
      while (code == RUNNING) {
        Attempt ranks = here;
        Optional<Event> event = events.next(ranks == null ? Optional.empty() : ranks.patience());
        if (event.isPresent()) {
          code = take(event.get(), link);
        } else if (ranks != null) {
          ranks.timePassed();
        }
      }
      return code;
    }
  }

  /**
   * Calls the first machine until it answers.
   *
   * @return empty when somebody asked to stop
   * @throws IOException when it does not answer in time
   */
  private Optional<Link> find() throws IOException, InterruptedException {
    Rendezvous place = plan.meeting();
    Instant late = Instant.now().plus(plan.timeout());
    while (true) {
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(place.host(), place.port()), CONNECTING_MILLIS);
        return Optional.of(new Link(socket, plan.timeout()));
      } catch (IOException notYet) {
        socket.close();
        if (Instant.now().isAfter(late)) {
          throw new IOException(
              "--rendezvous %s: no launcher with --node-rank=0 answered within %d s (%s)"
                  .formatted(place, plan.timeout().toSeconds(), notYet.getMessage()),
              notYet);
        }
      }
      if (events.next(Optional.of(PAUSE)).isPresent()) {
        return Optional.empty();
      }
    }
  }

  /** The exit code, or {@link #RUNNING}. */
  private int take(Event event, Link link) {
    if (event instanceof Event.Heard heard) {
      return hear(heard.message(), link);
    }
    if (event instanceof Event.Ended ended) {
      return ended(ended.end(), link);
    }
    if (event instanceof Event.StopAsked) {
      link.say(new Message.Failing(true));
      end();
    } else if (event instanceof Event.Lost) {
      screen.say("the launcher of node 0 is gone; ending");
      alone = true;
      end();
      return here == null ? FAILURE : RUNNING;
    }
    return RUNNING;
  }

  private int hear(Message message, Link link) {
    if (message instanceof Message.Start start) {
      start(start, link);
    } else if (message instanceof Message.Stop) {
      end();
    } else if (message instanceof Message.Finish finish) {
      return finish.code();
    } else if (message instanceof Message.Refused refused) {
      screen.say(refused.reason());
      return USAGE;
    }
    return RUNNING;
  }

  private void start(Message.Start start, Link link) {
    try {
      here = new Attempt(plan, program, start.port(), start.resume(), screen, events);
      screen.say(
          "%d ranks of node %d run; the first machine shows how it goes on"
              .formatted(plan.layout().processes(), plan.layout().node()));
    } catch (IOException e) {
      link.say(new Message.Done(Trouble.lasting("a rank cannot be started: " + e.getMessage())));
    }
  }

  private int ended(RankEnd end, Link link) {
    Attempt ranks = here;
    if (ranks == null) {
      return RUNNING;
    }
    if (ranks.ended(end)) {
      link.say(new Message.Failing(false));
      ranks.end();
    }
    if (ranks.isRunning()) {
      return RUNNING;
    }
    here = null;
    Optional<Trouble> trouble = ranks.trouble();
    link.say(new Message.Done(trouble.orElse(null)));
    return alone ? FAILURE : RUNNING;
  }

  private void end() {
    if (here != null) {
      here.end();
    }
  }
}
