package org.homeport.bridge.api;

import static org.homeport.bridge.web.Route.HUB;
import static org.homeport.bridge.web.Route.HUB_OR_READER;
import static org.homeport.bridge.web.Route.delete;
import static org.homeport.bridge.web.Route.get;
import static org.homeport.bridge.web.Route.post;

import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.server.ServerRequest;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.web.BadRequest;
import org.homeport.bridge.web.Endpoints;
import org.homeport.bridge.web.EventStreams;
import org.homeport.bridge.web.Exchange;
import org.homeport.bridge.web.Items;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Route;
import org.homeport.bridge.web.SlowWork;
import org.homeport.spawn.identity.HubUser;

/** The servers of users: start, look, follow, stop. */
public final class ServerEndpoints implements Endpoints {
  private static final int DEFAULT_LOG_LINES = 100;
  private static final int MOST_LOG_LINES = 10_000;

  private final Servers servers;
  private final EventStreams streams;
  private final SlowWork slowWork;

  public ServerEndpoints(Servers servers, EventStreams streams, SlowWork slowWork) {
    this.servers = servers;
    this.streams = streams;
    this.slowWork = slowWork;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        post("/api/v1/servers", HUB, this::start),
        get("/api/v1/servers", HUB_OR_READER, this::list).asking("user"),
        get("/api/v1/servers/{id}", HUB_OR_READER, this::show),
        delete("/api/v1/servers/{id}", HUB, this::stop).asking("forget"),
        get("/api/v1/servers/{id}/events", HUB_OR_READER, this::events),
        get("/api/v1/servers/{id}/log", HUB_OR_READER, this::log).asking("lines"));
  }

  void start(Context ctx) {
    var server = servers.start(ServerRequest.of(Exchange.body(ctx)));
    Exchange.location(ctx, "servers", server.id());
    Exchange.answer(ctx, 202, server);
  }

  void list(Context ctx) {
    var user = Optional.ofNullable(ctx.queryParam("user")).map(HubUser::of);
    Exchange.answer(
        ctx,
        new Items<>(
            servers.list().stream()
                .filter(server -> user.isEmpty() || server.user().equals(user.get()))
                .toList()));
  }

  void show(Context ctx) {
    Exchange.answer(ctx, servers.find(id(ctx)).orElseThrow(() -> unknown(ctx)));
  }

  /** Ends the server; {@code ?forget} also forgets what is remembered of it, never its files. */
  void stop(Context ctx) {
    var id = id(ctx);
    var forget = Exchange.flag(ctx, "forget");
    slowWork.run(
        ctx,
        () -> {
          if (forget) {
            servers.forget(id);
          } else {
            servers.stop(id);
          }
          ctx.status(204);
        });
  }

  void events(Context ctx) throws IOException {
    var events = servers.events(id(ctx)).orElseThrow(() -> unknown(ctx));
    streams.open(ctx, new ServerEventSource(events));
  }

  void log(Context ctx) {
    var log = servers.log(id(ctx), lines(ctx)).orElseThrow(() -> unknown(ctx));
    ctx.contentType(ContentType.TEXT_PLAIN).result(log);
  }

  private static int lines(Context ctx) {
    var text = ctx.queryParam("lines");
    if (text == null) {
      return DEFAULT_LOG_LINES;
    }
    if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > MOST_LOG_LINES) {
      throw new BadRequest(
          "lines", "'" + text + "' is no number of lines.", "Ask for 1 to " + MOST_LOG_LINES + ".");
    }
    return Integer.parseInt(text);
  }

  private static String id(Context ctx) {
    return ctx.pathParam("id");
  }

  private static Refused unknown(Context ctx) {
    return Refused.notFound("server", id(ctx));
  }
}
