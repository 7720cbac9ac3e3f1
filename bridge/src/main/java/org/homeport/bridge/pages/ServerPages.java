package org.homeport.bridge.pages;

import java.util.Comparator;
import java.util.List;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.server.Server;

/** All servers, for administrators: who runs what since when, and a way to stop it. */
final class ServerPages {
  private static final int ROWS = 500;

  private final PageFeatures subjects;

  private record Servers(List<Row> rows, long running, int hidden, boolean moving) {
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

  ServerPages(PageFeatures subjects) {
    this.subjects = subjects;
  }

  void show(Visit visit) {
    var servers = subjects.servers().list();
    var rows =
        servers.stream()
            .sorted(
                Comparator.comparing((Server server) -> server.state().isAtRest())
                    .thenComparing(Server::since, Comparator.reverseOrder()))
            .limit(ROWS)
            .map(server -> row(visit, server))
            .toList();
    var running = servers.stream().filter(server -> !server.state().isAtRest()).count();
    var hidden = servers.size() - rows.size();
    visit.show(
        "servers",
        "Servers",
        new Servers(rows, running, hidden, servers.stream().anyMatch(ServerPages::isMoving)));
  }

  /** Returns when the server is gone. */
  void stop(Visit visit) {
    subjects.servers().stop(visit.context().pathParam("id"));
    back(visit);
  }

  /** Removes what is left of a server that ended, its log too; never files. */
  void forget(Visit visit) {
    subjects.servers().forget(visit.context().pathParam("id"));
    back(visit);
  }

  private static void back(Visit visit) {
    visit.go(visit.prefix() + Pages.SERVERS);
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
