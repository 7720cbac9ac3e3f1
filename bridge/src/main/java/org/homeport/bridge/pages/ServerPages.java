package org.homeport.bridge.pages;

import static org.homeport.bridge.pages.Page.administer;
import static org.homeport.bridge.pages.Page.tab;

import java.util.Comparator;
import java.util.List;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.server.Server;
import org.homeport.bridge.server.Servers;

/** All servers, for administrators: who runs what since when, and a way to stop it. */
public final class ServerPages implements Chapter {
  private static final String SERVERS = "admin";
  private static final int ROWS = 500;

  private final Servers servers;

  private record Table(List<Row> rows, long running, int hidden, boolean moving) {
    boolean isEmpty() {
      return rows.isEmpty();
    }
  }

  private record Row(
      String id,
      String user,
      String home,
      String name,
      String image,
      String state,
      String tone,
      String why,
      Moment since,
      String action,
      String verb) {}

  public ServerPages(Servers servers) {
    this.servers = servers;
  }

  @Override
  public List<Page> pages() {
    return List.of(
        tab(SERVERS, "Servers", this::show),
        administer(SERVERS + "/servers/{id}/stop", this::stop),
        administer(SERVERS + "/servers/{id}/forget", this::forget));
  }

  void show(Visit visit) {
    var all = servers.list();
    var rows =
        all.stream()
            .sorted(
                Comparator.comparing((Server server) -> server.state().isAtRest())
                    .thenComparing(Server::since, Comparator.reverseOrder()))
            .limit(ROWS)
            .map(server -> row(visit, server))
            .toList();
    var running = all.stream().filter(server -> !server.state().isAtRest()).count();
    var hidden = all.size() - rows.size();
    visit.show(
        "servers",
        "Servers",
        new Table(rows, running, hidden, all.stream().anyMatch(ServerPages::isMoving)));
  }

  /** Returns when the server is gone. */
  void stop(Visit visit) {
    servers.stop(visit.context().pathParam("id"));
    back(visit);
  }

  /** Removes what is left of a server that ended, its log too; never files. */
  void forget(Visit visit) {
    servers.forget(visit.context().pathParam("id"));
    back(visit);
  }

  private static void back(Visit visit) {
    visit.go(visit.prefix() + SERVERS);
  }

  private static Row row(Visit visit, Server server) {
    return new Row(
        server.id(),
        server.user().name(),
        visit.home(server.user()),
        server.serverName().name(),
        server.image().toString(),
        server.state().toString(),
        tone(server.state()),
        server.failure().map(failure -> failure.message()).orElse(""),
        Moment.of(server.since()),
        server.state().isAtRest() ? "forget" : "stop",
        server.state().isAtRest() ? "Forget" : "Stop");
  }

  private static boolean isMoving(Server server) {
    return !server.state().isAtRest() && server.state() != Server.State.RUNNING;
  }

  private static String tone(Server.State state) {
    return switch (state) {
      case RUNNING -> "success";
      case QUEUED, STARTING, STOPPING -> "info";
      case STOPPED -> "secondary";
      case FAILED -> "danger";
    };
  }
}
