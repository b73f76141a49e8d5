package io.tubelet.cli.launch;

import java.io.IOException;

/**
 * Starts the ranks of this machine and follows them to their end; the launcher of the first machine
 * decides for those of all others.
 *
 * <p>When a rank fails all are ended and, as often as the plan allows, started again together. When
 * somebody asks to stop, all are asked to, once.
 */
public final class Launcher {
  private final LaunchPlan plan;
  private final RankProgram program;
  private final Screen screen;
  private final EventQueue events = new EventQueue();

  public Launcher(LaunchPlan plan, RankProgram program, Screen screen) {
    this.plan = plan;
    this.program = program;
    this.screen = screen;
  }

  /**
   * Runs until all ranks have ended for good.
   *
   * @return 0 when all did their work; 1 to 5 as the rank that failed first, 1 also for one that a
   *     signal ended; 143 when somebody asked to stop
   * @throws IOException when ranks cannot be started, or the machines do not find each other
   */
  public int run() throws IOException, InterruptedException {
    return plan.layout().node() == 0
        ? new FirstNode(plan, program, screen, events).run()
        : new OtherNode(plan, program, screen, events).run();
  }

  /** Asks all ranks of all machines to save and end; may be called from any thread, and again. */
  public void stop() {
    events.accept(new Event.StopAsked());
  }
}
