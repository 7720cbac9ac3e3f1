package org.homeport.bridge.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.BadRequestException;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;

/**
 * Makes calls to the engine: each under a deadline, and on a connection that lives.
 *
 * <p>A read from a Unix socket ends by no timeout, only by an interrupt: so a call runs on a thread
 * of its own, which is interrupted when the time is over. A connection that the engine's restart
 * left in the pool fails on first use: then, once, the connection is replaced and the call
 * repeated, which is safe because each of our calls is repeatable.
 */
final class EngineCalls implements AutoCloseable {
  static final Duration QUICK = Duration.ofSeconds(15);

  /** For what sets disks and namespaces in motion, on a busy host. */
  static final Duration SLOW = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI host;
  private final AtomicReference<EngineConnection> connection = new AtomicReference<>();
  private final ExecutorService threads;

  EngineCalls(URI host) {
    this.host = host;
    var number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "engine-call-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  URI host() {
    return host;
  }

  /**
   * Makes a call that answers within the deadline or not at all.
   *
   * @param what completes the sentence "The container engine did not …"
   * @throws DockerException what the engine answered, for the caller to make sense of
   */
  <T> T call(String what, Duration deadline, Function<EngineConnection, T> call) {
    var began = System.nanoTime();
    var result = "unavailable";
    try {
      var answer = answer(what, deadline, call);
      result = "done";
      return answer;
    } catch (DockerException e) {
      result =
          e instanceof NotFoundException || e instanceof NotModifiedException ? "done" : "rejected";
      throw e;
    } finally {
      EngineMetrics.called(what, result, (System.nanoTime() - began) / 1e9);
    }
  }

  private <T> T answer(String what, Duration deadline, Function<EngineConnection, T> call) {
    var used = new AtomicReference<EngineConnection>();
    Function<EngineConnection, T> remembering =
        current -> {
          used.set(current);
          return call.apply(current);
        };
    try {
      return within(deadline, what, remembering);
    } catch (LostConnection e) {
      forget(used.get());
    }
    try {
      return within(deadline, what, remembering);
    } catch (LostConnection e) {
      throw new EngineUnavailable(
          "The container engine does not answer at "
              + host
              + ": start it (systemctl start docker), or set docker.host.",
          e.getCause());
    }
  }

  /** A call whose every answer but success means no. */
  <T> T demand(String what, Duration deadline, Function<EngineConnection, T> call) {
    try {
      return call(what, deadline, call);
    } catch (DockerException e) {
      throw rejected(e);
    }
  }

  /** A call that asks for something which may not exist. */
  <T> Optional<T> find(String what, Duration deadline, Function<EngineConnection, T> call) {
    try {
      return Optional.of(call(what, deadline, call));
    } catch (NotFoundException | ConflictException e) { // is not there, or is being removed
      return Optional.empty();
    } catch (DockerException e) {
      throw rejected(e);
    }
  }

  /** A call for an effect; these answers say that there was nothing left to do. */
  void effect(
      String what,
      Duration deadline,
      Consumer<EngineConnection> call,
      Set<Class<? extends DockerException>> done) {
    try {
      call(
          what,
          deadline,
          connection -> {
            call.accept(connection);
            return null;
          });
    } catch (DockerException e) {
      if (!done.contains(e.getClass())) {
        throw rejected(e);
      }
    }
  }

  /** Unwraps the words of the engine. */
  static EngineRejected rejected(DockerException answer) {
    var text = String.valueOf(answer.getMessage());
    var json = text.indexOf('{');
    if (json >= 0) {
      try {
        text = JSON.readTree(text.substring(json)).path("message").asText(text);
      } catch (JsonProcessingException e) {
        // not the engine's usual form: its answer as it is
      }
    }
    return new EngineRejected(text.strip(), answer);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    forget(connection.get());
  }

  private <T> T within(Duration deadline, String what, Function<EngineConnection, T> call) {
    var running = threads.submit(() -> call.apply(current()));
    try {
      return running.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new EngineUnavailable(
          "The container engine did not " + what + " within " + deadline.toSeconds() + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable("Interrupted while the container engine was to " + what + ".", e);
    } catch (ExecutionException e) {
      throw translated(e.getCause());
    } finally {
      running.cancel(true);
    }
  }

  /** An error of our own, even one of reading a file, says nothing about the engine. */
  private static RuntimeException translated(Throwable cause) {
    if (cause instanceof UncheckedIOException
        || cause instanceof EngineRejected
        || cause instanceof EngineUnavailable) {
      return (RuntimeException) cause;
    }
    if (cause instanceof BadRequestException e
        && String.valueOf(e.getMessage()).contains("client version")) {
      return new LostConnection(e); // another engine answers there now, of another version
    }
    if (cause instanceof DockerException e && e.getHttpStatus() != 503) {
      return e;
    }
    for (var e = cause; e != null; e = e.getCause()) {
      if (e instanceof IOException || e instanceof DockerException) {
        return new LostConnection(cause);
      }
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  private EngineConnection current() {
    var current = connection.get();
    if (current != null) {
      return current;
    }
    var made = EngineConnection.to(host);
    if (connection.compareAndSet(null, made)) {
      return made;
    }
    made.close();
    return current();
  }

  private void forget(EngineConnection lost) {
    if (lost != null && connection.compareAndSet(lost, null)) {
      lost.close();
    }
  }

  /** The engine could not be reached on this connection. */
  private static final class LostConnection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LostConnection(Throwable cause) {
      super(cause);
    }
  }
}
