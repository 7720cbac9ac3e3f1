package org.homeport.bridge.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.engine.docker.DockerEngine;
import org.homeport.bridge.engine.docker.DockerSettings;
import org.homeport.bridge.engine.docker.EngineProxy;
import org.homeport.spawn.mount.DataSources;
import org.homeport.spawn.seed.ImageSource;

/**
 * A bridge in a process of its own that starts one server and is killed, with no warning, right
 * before or after one of its calls to the engine, or half-way through one: through the files of an
 * image, or between creating a container and starting it.
 *
 * <p>Arguments: network, folder, user, the call's method, the how-manieth of that method it is, and
 * {@code before}, {@code after} or {@code half-way}.
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
    var doom = doom(arguments[3], Integer.parseInt(arguments[4]), arguments[5]);
    var proxy = new EngineProxy();
    if (arguments[3].equals("run") && arguments[5].equals("half-way")) {
      proxy.before("/start HTTP", DoomedBridge::killThisProcess);
    }
    var engine =
        new DockerEngine(
            new DockerSettings(proxy.address(), network, Optional.empty()),
            setup.folder().resolve("state/servers"));
    var servers =
        new TestBridge(
                setup,
                Intercepted.of(ContainerEngine.class, engine, doom),
                Intercepted.of(ImageStore.class, engine.images(), doom))
            .servers();
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

  private static Intercepted.Interceptor doom(String fatal, int occurrence, String when) {
    var calls = new AtomicInteger();
    return (method, arguments, call) -> {
      var isFatal = method.equals(fatal) && calls.incrementAndGet() == occurrence;
      if (isFatal && when.equals("before")) {
        killThisProcess();
      }
      var answer = call.proceed();
      if (isFatal && when.equals("after")) {
        killThisProcess();
      }
      return isFatal ? halfRead((ImageSource) answer) : answer;
    };
  }

  /** An image whose files end the world when half of the first block was read. */
  private static ImageSource halfRead(ImageSource image) {
    return new ImageSource() {
      @Override
      public Optional<InputStream> archive(String path) throws IOException {
        var half = new ByteArrayInputStream(image.archive(path).orElseThrow().readNBytes(256));
        return Optional.of(new SequenceInputStream(half, new FatalStream()));
      }

      @Override
      public void close() throws IOException {
        image.close();
      }
    };
  }

  private static final class FatalStream extends InputStream {
    @Override
    public int read() {
      return killThisProcess();
    }
  }

  /** Never returns. */
  private static int killThisProcess() {
    var pid = String.valueOf(ProcessHandle.current().pid());
    try {
      new ProcessBuilder("kill", "-9", pid).inheritIO().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (true) {
      LockSupport.park(); // nothing may happen between now and the end
    }
  }
}
