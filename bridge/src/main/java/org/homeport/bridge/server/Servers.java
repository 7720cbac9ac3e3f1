package org.homeport.bridge.server;

import java.util.List;
import java.util.Optional;
import org.homeport.spawn.SpawnPlan;
import org.homeport.spawn.SpawnRequest;

/**
 * The story of a user's server: start, state, stop, and finding everything again after a restart.
 *
 * <p>Every method may be called from any thread. {@link
 * org.homeport.bridge.engine.EngineUnavailable} means: ask again later; it says nothing about the
 * server.
 */
public final class Servers implements AutoCloseable {

  /**
   * Starts a user's server, and returns at once; how it gets on is told by {@link #events}.
   * Repeatable: the same request joins a start under way or finds the running server; a different
   * one of the same user and server name takes its place.
   *
   * @throws org.homeport.spawn.refusal.SpawnRefused when policy does not allow it
   */
  public Server start(ServerRequest request) {
    throw new UnsupportedOperationException();
  }

  /** The server of that id as it is now; empty when nothing is known of it. */
  public Optional<Server> find(String id) {
    throw new UnsupportedOperationException();
  }

  /** All servers that are known, as they are now, by id. */
  public List<Server> list() {
    throw new UnsupportedOperationException();
  }

  /** Ends a server gracefully, and a start under way; returns when it is gone. Repeatable. */
  public void stop(String id) {
    throw new UnsupportedOperationException();
  }

  /** Stops a server and forgets what is remembered of it; never files. Repeatable. */
  public void forget(String id) {
    throw new UnsupportedOperationException();
  }

  /** The events of the server's last start; empty when nothing is known of it. */
  public Optional<ServerEvents> events(String id) {
    throw new UnsupportedOperationException();
  }

  /** The last lines that the server wrote; empty when nothing is known of it. */
  public Optional<String> log(String id, int lines) {
    throw new UnsupportedOperationException();
  }

  /** What a spawn would look like. Changes nothing. */
  public SpawnPlan plan(SpawnRequest request) {
    throw new UnsupportedOperationException();
  }

  /**
   * Prepares home and environment folder as a start would, and starts nothing. Blocks while the
   * image is pulled. Repeatable.
   */
  public SpawnPlan prepare(SpawnRequest request) {
    throw new UnsupportedOperationException();
  }

  /**
   * Finds every server again after a restart of the bridge: keeps what runs, goes on waiting for
   * what is about to, removes what was only half made. Repeatable.
   */
  public void recover() {
    throw new UnsupportedOperationException();
  }

  /** Stops working on starts; leaves every container as it is. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
