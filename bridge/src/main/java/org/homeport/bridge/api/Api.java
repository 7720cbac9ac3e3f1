package org.homeport.bridge.api;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.Pulls;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.log.AuditFile;
import org.homeport.bridge.remote.drive.DriveAccounts;
import org.homeport.bridge.server.Overview;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.token.Token;
import org.homeport.bridge.token.Tokens;
import org.homeport.bridge.web.Access;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.EventStreams;
import org.homeport.bridge.web.Extension;
import org.homeport.bridge.web.HttpMetrics;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.bridge.web.Listener;
import org.homeport.bridge.web.Problems;
import org.homeport.bridge.web.References;
import org.homeport.bridge.web.Route;
import org.homeport.bridge.web.SlowWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge's REST API: begins to listen when it is started, and stops when it is closed. */
public final class Api implements AutoCloseable {
  public static final long LARGEST_BODY = 1_000_000;
  private static final Logger log = LoggerFactory.getLogger(Api.class);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** Longer than a server is given to end, so that whoever stops one hears how it went. */
  private static final Duration DRAIN = Duration.ofSeconds(15);

  private static final String ROUTE = "homeport.route";
  private static final int THREADS = 64;
  private static final int IDLE_THREADS = 4;

  private final Access access;
  private final Audit audit;
  private final SlowWork slowWork = new SlowWork();
  private final EventStreams streams = new EventStreams(KEEP_ALIVE);
  private final Listener listener;
  private final Javalin javalin;

  /** What the API tells of and acts on. */
  public record Features(
      Tokens tokens,
      Servers servers,
      Environments environments,
      Pulls pulls,
      Overview overview,
      Users users,
      BackupFeature backups,
      Optional<DriveAccounts> drive) {}

  /**
   * @param more what else is served
   */
  public Api(ListenAddress address, AuditFile auditFile, Features features, List<Extension> more) {
    this.access = new Access(features.tokens());
    this.audit = new Audit(auditFile, Clock.systemUTC());
    this.listener = Listener.on(address);
    var routes =
        Routes.of(
            new HealthEndpoints(features.overview()),
            new ServerEndpoints(features.servers(), streams, slowWork),
            new PlanEndpoints(features.servers(), slowWork),
            new EnvironmentEndpoints(features.environments(), features.pulls(), slowWork),
            new UserEndpoints(features.users(), features.backups()),
            new BackupEndpoints(features.backups(), streams),
            new DriveEndpoints(features.drive()),
            new TokenEndpoints(features.tokens()),
            new MetricsEndpoint(
                features.servers(), features.users(), features.backups(), auditFile));
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

  /** Stops listening, and lets the requests that are being answered finish. */
  @Override
  public void close() {
    streams.close();
    javalin.stop();
    slowWork.close();
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
          server.insertHandler(new GracefulHandler());
          server.setStopTimeout(DRAIN.toMillis());
        });
    listener.configure(config.jetty);
    for (var route : routes) {
      config.routes.addHttpHandler(route.method(), route.path(), checked(route));
    }
    config.routes.exception(HttpResponseException.class, Problems::answer);
    config.routes.exception(Exception.class, Problems::answer);
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

  /** What changes something is worth a line; what only looks would drown it. */
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
