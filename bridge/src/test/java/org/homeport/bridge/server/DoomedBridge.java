package org.homeport.bridge.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.DockerEngine;
import org.homeport.bridge.engine.EngineBed;
import org.homeport.spawn.mount.DataSources;

/**
 * A bridge in a process of its own that starts one server and is killed, with no warning, right
 * before or after one of its calls to the engine.
 *
 * <p>Arguments: network, folder, user, the call's method, the how-manieth of that method it is, and
 * {@code before} or {@code after}.
 */
final class DoomedBridge {
  private DoomedBridge() {}

  public static void main(String[] arguments) throws Exception {
    var network = arguments[0];
    var setup =
        new TestBridge.Setup(
            network,
            Path.of(arguments[1]),
            DataSources.NONE,
            ServersBed.LIMITS,
            2,
            Duration.ofSeconds(30));
    var engine =
        doomed(
            new DockerEngine(EngineBed.HOST, network),
            arguments[3],
            Integer.parseInt(arguments[4]),
            arguments[5].equals("before"));
    var servers = new TestBridge(setup, engine).servers();
    var started = servers.start(ServersBed.requestOf(arguments[2]));
    var events = servers.events(started.id()).orElseThrow();
    for (long seen = 0; ; ) {
      for (var event : events.after(seen, Duration.ofSeconds(30))) {
        seen = event.id();
        if (event.type().isEnd()) {
          System.exit(event.type() == ServerEvent.Type.READY ? 0 : 1);
        }
      }
    }
  }

  private static ContainerEngine doomed(
      ContainerEngine real, String fatal, int occurrence, boolean before) {
    var calls = new AtomicInteger();
    return Intercepted.engine(
        real,
        (method, arguments, call) -> {
          var isFatal = method.equals(fatal) && calls.incrementAndGet() == occurrence;
          if (isFatal && before) {
            killThisProcess();
          }
          var answer = call.proceed();
          if (isFatal) {
            killThisProcess();
          }
          return answer;
        });
  }

  private static void killThisProcess() throws IOException, InterruptedException {
    var pid = String.valueOf(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-9", pid).inheritIO().start();
    new CountDownLatch(1).await(); // nothing may happen between now and the end
  }
}
