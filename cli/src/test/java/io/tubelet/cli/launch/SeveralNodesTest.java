package io.tubelet.cli.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Launchers of two machines, which are one here; ranks are small shell scripts. */
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "ranks are shell scripts here")
class SeveralNodesTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir private Path folder = Path.of("");
  private final Seen first = new Seen("does not belong here");
  private final Seen second = new Seen("ready");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Rendezvous place = new Rendezvous("127.0.0.1", 1);

  @BeforeEach
  void choosePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      place = new Rendezvous("127.0.0.1", socket.getLocalPort());
    }
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void twoNodes_thatSucceed_numberTheirRanksAndMeetAtOnePort() throws Exception {
    String script = "echo I am $RANK/$WORLD_SIZE, $LOCAL_RANK; echo at $MASTER_ADDR:$MASTER_PORT";
    CompletableFuture<Integer> other = run(node(1, 2, 2, LONG, 0, script));

    assertThat(node(0, 2, 2, LONG, 0, script).run()).isZero();
    assertThat(other.get()).isZero();
    for (int rank = 0; rank < 4; rank++) {
      assertThat(said(rank)).contains("I am %d/4, %d".formatted(rank, rank % 2));
    }
    assertThat(said(3).lines().filter(line -> line.startsWith("at ")))
        .containsExactlyElementsOf(said(0).lines().filter(line -> line.startsWith("at ")).toList());
    assertThat(first.text()).contains("I am 0/4, 0").doesNotContain("I am 1/4");
  }

  @Test
  void rank_thatFailsOnTheOtherNode_endsBothAndIsNamedOnTheFirst() throws Exception {
    String script = "[ $RANK = 3 ] || exec cat; exit 4";
    CompletableFuture<Integer> other = run(node(1, 2, 2, LONG, 0, script));

    assertThat(node(0, 2, 2, LONG, 0, script).run()).isEqualTo(4);
    assertThat(other.get()).isEqualTo(4);
    assertThat(first.text()).containsPattern("rank 3 .* ended with exit code 4 on node 1");
  }

  @Test
  void failure_withRestarts_startsTheRanksOfBothAgain() throws Exception {
    String script =
        "echo resume=$RESUME; [ $RANK = 0 ] || [ -e DONE ] || { >DONE; kill -9 $$; }"
            .replace("DONE", folder.resolve("done").toString());
    CompletableFuture<Integer> other = run(node(1, 2, 1, LONG, 0, script));

    assertThat(node(0, 2, 1, LONG, 1, script).run()).isZero();
    assertThat(other.get()).isZero();
    assertThat(said(1)).containsSubsequence("resume=false", "resume=true");
  }

  @Test
  void stop_askedOfTheOther_endsBoth() throws Exception {
    String script = "[ $RANK = 1 ] && echo ERROR ready >&2; exec cat";
    Seen ready = new Seen("ERROR ready");
    Launcher other = launcher(plan(1, 2, 1, LONG, 0), script, ready);
    CompletableFuture<Integer> code = run(other);
    CompletableFuture<Integer> ofFirst = run(node(0, 2, 1, LONG, 5, script));
    ready.await();
    other.stop();

    assertThat(ofFirst.get()).isEqualTo(143);
    assertThat(code.get()).isEqualTo(143);
  }

  @Test
  void node_ofAnotherLayout_isRefusedWithTheReason() throws Exception {
    Launcher waiting = node(0, 2, 1, LONG, 0, "exit 0");
    CompletableFuture<Integer> code = run(waiting);

    assertThat(node(1, 3, 2, LONG, 0, "exit 0").run()).isEqualTo(2);
    assertThat(second.text()).contains("--nnodes=3, not 2", "--nproc=2, not 1");
    first.await();
    waiting.stop();
    assertThat(code.get()).isEqualTo(143);
  }

  @Test
  void node_thatNeverComes_isNamed() throws Exception {
    assertThat(node(0, 3, 1, SHORT, 5, "exit 0").run()).isEqualTo(1);
    assertThat(first.text()).contains("node 1, 2 did not come to " + place);
  }

  @Test
  void firstNode_thatIsNotThere_saysWhereItWasLookedFor() {
    assertThatThrownBy(() -> node(1, 2, 1, SHORT, 0, "exit 0").run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--rendezvous " + place)
        .hasMessageContaining("--node-rank=0");
  }

  @Test
  void rendezvous_onAnotherMachine_isRefusedByTheFirstNode() {
    place = new Rendezvous("192.0.2.1", 29_400); // an address for documentation: nobody's
    assertThatThrownBy(() -> node(0, 2, 1, SHORT, 0, "exit 0").run())
        .hasMessageContaining("none of this machine's addresses");
  }

  @Test
  void rendezvous_ofNoHost_isRefusedByTheFirstNode() {
    place = new Rendezvous("node0.invalid", 29_400); // a name that is never given
    assertThatThrownBy(() -> node(0, 2, 1, SHORT, 0, "exit 0").run())
        .hasMessageContaining("--rendezvous node0.invalid:29400: no such host");
  }

  @Test
  void rendezvous_whosePortIsTaken_isRefusedByTheFirstNode() throws IOException {
    try (ServerSocket taken = new ServerSocket(place.port())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> node(0, 2, 1, SHORT, 0, "exit 0").run())
          .hasMessageContaining("the port is taken");
    }
  }

  @Test
  void otherNode_thatHangsUp_endsTheRanksOfTheFirst() throws Exception {
    CompletableFuture<Integer> code = run(node(0, 2, 1, LONG, 0, "exec cat"));
    try (Socket socket = guest()) {
      assertThat(readLine(socket)).contains("start");
    }

    assertThat(code.get()).isEqualTo(1);
    assertThat(first.text()).contains("the launcher of node 1 is gone");
  }

  /** A machine without power closes no connection. */
  @Test
  void otherNode_thatFallsSilent_isGone() throws Exception {
    CompletableFuture<Integer> code = run(node(0, 2, 1, Duration.ofSeconds(1), 0, "exec cat"));
    try (Socket silent = guest()) {
      assertThat(silent.isConnected()).isTrue();
      assertThat(code.get()).isEqualTo(1);
    }
    assertThat(first.text()).contains("the launcher of node 1 is gone");
  }

  @Test
  void firstNode_thatHangsUp_endsTheRanksOfTheOther() throws Exception {
    try (ServerSocket door = new ServerSocket(place.port())) {
      CompletableFuture<Integer> code =
          run(node(1, 2, 1, LONG, 0, "echo ERROR ready >&2; exec cat"));
      try (Socket socket = door.accept()) {
        assertThat(readLine(socket)).contains("hello");
        say(socket, new Message.Start(1, false));
        second.await();
      }
      assertThat(code.get()).isEqualTo(1);
    }
    assertThat(second.text()).contains("the launcher of node 0 is gone");
  }

  private Socket guest() throws IOException {
    Socket socket = null;
    while (socket == null) {
      try {
        socket = new Socket(InetAddress.getLoopbackAddress(), place.port());
      } catch (IOException notYet) {
        Thread.onSpinWait();
      }
    }
    say(socket, new Message.Hello("1", new Layout(1, 2, 1)));
    return socket;
  }

  private static void say(Socket socket, Message message) throws IOException {
    socket
        .getOutputStream()
        .write((Message.Json.line(message) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static String readLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    int next;
    while ((next = socket.getInputStream().read()) != '\n' && next >= 0) {
      line.append((char) next);
    }
    return line.toString();
  }

  private Launcher node(
      int node, int nodes, int processes, Duration timeout, int restarts, String script) {
    return launcher(
        plan(node, nodes, processes, timeout, restarts), script, node == 0 ? first : second);
  }

  private static Launcher launcher(LaunchPlan plan, String script, Seen screen) {
    return new Launcher(plan, new ShellRanks(script, true), screen.screen());
  }

  private LaunchPlan plan(int node, int nodes, int processes, Duration timeout, int restarts) {
    return new LaunchPlan(
        new Layout(processes, nodes, node),
        place,
        timeout,
        LONG,
        restarts,
        folder.resolve("ranks"),
        "1");
  }

  private CompletableFuture<Integer> run(Launcher launcher) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return launcher.run();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }

  private String said(int rank) throws IOException {
    return Files.readString(folder.resolve("ranks/rank-%d.log".formatted(rank)));
  }
}
