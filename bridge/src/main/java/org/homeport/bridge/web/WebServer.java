package org.homeport.bridge.web;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.homeport.bridge.token.Token;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the routes of the API, and what extends them, on the listen address. */
public final class WebServer implements AutoCloseable {
  static final long LARGEST_BODY = 1_000_000;
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  /** Longer than a server gets to stop, so that a caller who stops one learns the outcome. */
  private static final Duration DRAIN = Duration.ofSeconds(15);

  private static final String ROUTE = "homeport.route";
  private static final int THREADS = 64;
  private static final int IDLE_THREADS = 4;

  /** Asked by whoever watches the bridge; answered even when all other requests are stuck. */
  static final String ALIVE = "/healthz";

  private static final int AT_ONCE = 48;
  private static final int LONGEST_LINE = 2000;

  /** Single sign-on and hubs behind one address make cookies of up to 32 KiB. */
  private static final int LARGEST_HEADERS = 48 << 10;

  private final Access access;
  private final Audit audit;
  private final Problems problems;
  private final Listener listener;
  private final Javalin javalin;

  /**
   * @param more what is served beside the API
   */
  public WebServer(
      ListenAddress address,
      Access access,
      Audit audit,
      Problems problems,
      List<Endpoints> endpoints,
      List<Extension> more) {
    this.access = access;
    this.audit = audit;
    this.problems = problems;
    this.listener = Listener.on(address);
    var routes = endpoints.stream().flatMap(one -> one.routes().stream()).toList();
    this.javalin =
        Javalin.create(
            config -> {
              configure(config, routes);
              more.forEach(extension -> extension.addTo(config));
            });
  }

  /** Begins to listen; returns the address that callers use, with the port that was free. */
  public ListenAddress start() {
    listener.prepare();
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new IllegalStateException(
          listener + " cannot be opened: stop what uses it, or set listen in homeport.yaml.", e);
    }
    var address = listener.opened(javalin);
    log.info("listening on {}", address);
    return address;
  }

  /** Stops listening; requests that are being answered may finish. */
  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config, List<Route> routes) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.maxRequestSize = LARGEST_BODY;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.jetty.threadPool = new QueuedThreadPool(THREADS, IDLE_THREADS);
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(new Lanes(ALIVE, AT_ONCE, LONGEST_LINE));
          server.insertHandler(new GracefulHandler());
          server.setStopTimeout(DRAIN.toMillis());
        });
    config.jetty.modifyHttpConfiguration(http -> http.setRequestHeaderSize(LARGEST_HEADERS));
    listener.configure(config.jetty);
    for (var route : routes) {
      config.routes.addHttpHandler(route.method(), route.path(), checked(route));
    }
    config.routes.exception(HttpResponseException.class, problems::answer);
    config.routes.exception(Exception.class, problems::answer);
    config.router.javaLangErrorHandler(Problems::answerFatal);
    config.requestLogger.http(this::answered);
  }

  private Handler checked(Route route) {
    return ctx ->
        References.of(ctx)
            .during(
                () -> {
                  ctx.attribute(ROUTE, route.path());
                  access.check(ctx, route.scopes());
                  Exchange.refuseUnknown(ctx, route.query());
                  route.handler().handle(ctx);
                });
  }

  private void answered(Context ctx, Float milliseconds) {
    String route = ctx.attribute(ROUTE);
    HttpMetrics.answered(
        ctx.method().name(), route == null ? "none" : route, ctx.statusCode(), milliseconds / 1e3);
    audit.write(ctx);
    logRequest(ctx, milliseconds);
  }

  /** Logs changes only; reads would drown them. */
  private static void logRequest(Context ctx, Float milliseconds) {
    if (ctx.method() == HandlerType.GET) {
      return;
    }
    var caller = Access.caller(ctx).map(Token::id).orElse("nobody");
    References.of(ctx)
        .during(
            () ->
                log.info(
                    "{} {} by {}: {} after {} ms",
                    ctx.method(),
                    ctx.path(),
                    caller,
                    ctx.statusCode(),
                    milliseconds.intValue()));
  }
}
