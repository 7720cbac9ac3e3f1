package org.homeport.bridge.server;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.homeport.bridge.engine.Container;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.settings.Sizes;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.refusal.SpawnRefused;

/** Explains what can go wrong with a server, in the words that its user reads. */
final class Failures {
  /** The number of lines of its log that a server that ended shows. */
  static final int LAST_LINES = 5;

  private static final int LONGEST_LOG = 2000;
  private static final String SAFE = "Your files are safe. ";
  private static final String AGAIN =
      SAFE + "Start it again; if that does not help, tell the administrator the reference.";
  private static final int NO_COMMAND = 127;
  private static final int KILLED = 137;
  private static final int FIRST_SIGNAL = 128;
  private static final Map<Integer, String> SIGNALS =
      Map.of(1, "HUP", 2, "INT", 6, "ABRT", 9, "KILL", 11, "SEGV", 15, "TERM");

  private final HubUser user;
  private final String reference;

  Failures(HubUser user, String reference) {
    this.user = user;
    this.reference = reference;
  }

  static Failures of(Server server) {
    return new Failures(server.user(), server.reference());
  }

  /** Why a start ended, by what it threw. */
  Failure of(Throwable cause) {
    if (cause instanceof SpawnRefused refusal) {
      return refused(refusal);
    }
    if (cause instanceof EngineRejected rejection) {
      return rejected(rejection);
    }
    return cause instanceof EngineUnavailable ? engineUnavailable() : unexpected();
  }

  private Failure refused(SpawnRefused refusal) {
    return failure(refusal.code(), refusal.getMessage(), SAFE + refusal.remedy());
  }

  Failure interrupted() {
    return failure(
        "interrupted",
        "The start of "
            + user
            + "'s server was interrupted, because Homeport itself was restarted.",
        SAFE + "Start it again.");
  }

  Failure cancelled() {
    return failure(
        "cancelled", "The start of " + user + "'s server was stopped.", SAFE + "Start it again.");
  }

  Failure stopped() {
    return failure("stopped", "The server of " + user + " is stopped.", SAFE + "Start it again.");
  }

  Failure removed() {
    return failure(
        "removed",
        "The server of " + user + " was removed from outside of Homeport.",
        SAFE + "Start it again.");
  }

  private Failure engineUnavailable() {
    return failure(
        "engine-unavailable",
        "The start of " + user + "'s server stopped: the container engine gave no answer.",
        AGAIN);
  }

  private Failure rejected(EngineRejected rejection) {
    return failure(
        "engine-rejected",
        "The container engine refused to start the server of "
            + user
            + ": "
            + rejection.getMessage(),
        AGAIN);
  }

  private Failure unexpected() {
    return failure(
        "unexpected",
        "The start of " + user + "'s server failed for a reason that Homeport did not foresee.",
        AGAIN);
  }

  Failure noAnswer(Duration waited) {
    return failure(
        "no-answer",
        "The server of " + user + " did not answer within " + waited.toSeconds() + " seconds.",
        SAFE + "Start it again; if this happens often, choose another environment.");
  }

  /** Why a container's first process ended, as far as its exit code tells. */
  Failure ended(Container container, OptionalLong memory) {
    var code = container.exitCode().orElse(0);
    if (container.outOfMemory() && code == KILLED) {
      var limit =
          memory.isPresent() ? Sizes.text(memory.getAsLong()) + " of memory" : "the memory it may";
      return failure(
          "out-of-memory",
          "The server of " + user + " was ended because it used more than " + limit + ".",
          SAFE + "Start it again; if this happens often, ask for a higher memory limit.");
    }
    if (code == NO_COMMAND) {
      return failure(
          "command-missing",
          "The environment of " + user + "'s server lacks the command that starts it.",
          SAFE + "Choose another environment; its maker finds the command in the log.");
    }
    if (code > FIRST_SIGNAL) {
      var signal = code - FIRST_SIGNAL;
      return failure(
          "killed",
          "The server of "
              + user
              + " was ended by signal "
              + signal
              + (SIGNALS.containsKey(signal) ? " (" + SIGNALS.get(signal) + ")" : "")
              + ".",
          SAFE + "Start it again.");
    }
    return failure(
        "exited",
        "The server of " + user + " ended by itself, with exit code " + code + ".",
        AGAIN);
  }

  /** The same, with the end of what the server wrote. */
  static Failure withLog(Failure failure, String lines) {
    return lines.isBlank()
        ? failure
        : new Failure(
            failure.code(),
            failure.message() + " It wrote last: " + end(lines.strip()),
            failure.remedy(),
            failure.reference());
  }

  /** A server may write one line of any length. */
  private static String end(String text) {
    if (text.length() <= LONGEST_LOG) {
      return text;
    }
    var from = text.length() - LONGEST_LOG;
    return "…" + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
  }

  private Failure failure(String code, String message, String remedy) {
    return new Failure(code, message, remedy, reference);
  }
}
