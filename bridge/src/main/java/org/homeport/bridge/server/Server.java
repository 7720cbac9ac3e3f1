package org.homeport.bridge.server;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.text.Spelling;

/**
 * A user's server as it is now.
 *
 * @param id names it in the API and in its container's name
 * @param container the name of its container, which may not be there yet or any more
 * @param address where it answers, while it runs
 * @param exitCode how its first process ended, once it has
 * @param reference of the start that it comes from, as the logs have it
 * @param since when it came into this state
 */
public record Server(
    String id,
    HubUser user,
    ServerName serverName,
    ImageName image,
    String container,
    State state,
    Optional<Address> address,
    OptionalInt exitCode,
    Optional<Failure> failure,
    String reference,
    Instant since) {

  /** The host and port at which a server answers. */
  public record Address(String host, int port) {}

  /** The stages of a server's life. */
  public enum State {
    QUEUED,
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    FAILED;

    /** Tells whether a server stays in this state by itself. */
    public boolean isAtRest() {
      return this == STOPPED || this == FAILED;
    }

    @JsonValue
    @Override
    public String toString() {
      return Spelling.of(this);
    }
  }

  public Server {
    Objects.requireNonNull(id);
    Objects.requireNonNull(user);
    Objects.requireNonNull(serverName);
    Objects.requireNonNull(image);
    Objects.requireNonNull(container);
    Objects.requireNonNull(state);
    Objects.requireNonNull(reference);
    Objects.requireNonNull(since);
  }

  /** The same server in another state, without what only holds in this one. */
  Server as(State next, Instant now) {
    return in(next, OptionalInt.empty(), Optional.empty(), now);
  }

  Server stopped(OptionalInt code, Instant now) {
    return in(State.STOPPED, code, Optional.empty(), now);
  }

  Server failed(Failure why, OptionalInt code, Instant now) {
    return in(State.FAILED, code, Optional.of(why), now);
  }

  /** As it is remembered: addresses are the engine's to tell. */
  Server withoutAddress() {
    return in(state, exitCode, failure, since);
  }

  /** The same server, with the address at which it answers now. */
  Server at(Optional<Address> now) {
    return new Server(
        id, user, serverName, image, container, state, now, exitCode, failure, reference, since);
  }

  private Server in(State next, OptionalInt code, Optional<Failure> why, Instant now) {
    return new Server(
        id, user, serverName, image, container, next, Optional.empty(), code, why, reference, now);
  }
}
