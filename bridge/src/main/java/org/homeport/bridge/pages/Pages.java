package org.homeport.bridge.pages;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.function.Supplier;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.Extension;
import org.homeport.bridge.web.Problem;
import org.homeport.bridge.web.Problems;

/**
 * The pages that people see under the hub's services: the table of contents, and who may open what.
 * Nothing of them is made before somebody opens the first one.
 */
public final class Pages implements Extension {
  static final String SERVERS = "admin";
  static final String ENVIRONMENTS = "admin/environments";
  static final String HOMES = "admin/homes";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final String prefix;
  private final Supplier<Site> made;
  private Site site;

  /** Answers one request of somebody who may make it. */
  private interface Answer {
    void to(Site site, Visit visit) throws Exception;
  }

  /** Everything that is made at the first request. */
  record Site(
      Hub hub,
      SignIn signIn,
      Templates templates,
      HomePages home,
      RunPages runs,
      FilePages files,
      DrivePages drive,
      ServerPages servers,
      EnvironmentPages environments,
      HomesPages homes) {}

  public Pages(HubSettings settings, Supplier<String> gateway, PageFeatures subjects) {
    this.prefix = settings.prefix();
    this.made =
        () -> {
          var hub = new Hub(settings, gateway);
          return new Site(
              hub,
              new SignIn(hub, prefix, subjects.clock()),
              new Templates(),
              new HomePages(subjects),
              new RunPages(subjects),
              new FilePages(subjects),
              new DrivePages(subjects),
              new ServerPages(subjects),
              new EnvironmentPages(subjects),
              new HomesPages(subjects));
        };
  }

  @Override
  public void addTo(JavalinConfig config) {
    var home = "users/{user}";
    open(config, "assets/{file}", Assets::serve);
    open(config, "oauth_callback", ctx -> site().signIn().finish(ctx));
    get(config, "", (site, visit) -> visit.go(visit.home(visit.session().user())));
    get(config, home, (site, visit) -> site.home().show(visit));
    get(config, home + "/progress", (site, visit) -> site.home().progress(visit));
    post(config, home + "/backups", (site, visit) -> site.home().save(visit));
    get(config, home + "/runs/{number}", (site, visit) -> site.runs().show(visit));
    get(config, home + "/files", (site, visit) -> site.files().folder(visit));
    get(config, home + "/versions", (site, visit) -> site.files().versions(visit));
    get(config, home + "/restore", (site, visit) -> site.files().preview(visit));
    post(config, home + "/restores", (site, visit) -> site.files().restore(visit));
    get(config, home + "/download", (site, visit) -> site.files().download(visit));
    get(config, home + "/drive/connect", (site, visit) -> site.drive().connect(visit));
    post(config, home + "/drive/disconnect", (site, visit) -> site.drive().disconnect(visit));
    get(config, "drive", (site, visit) -> site.drive().finish(visit));
    var server = SERVERS + "/servers/{id}";
    administer(config, GET, SERVERS, (site, visit) -> site.servers().show(visit));
    administer(config, POST, server + "/stop", (site, visit) -> site.servers().stop(visit));
    administer(config, POST, server + "/forget", (site, visit) -> site.servers().forget(visit));
    administer(config, GET, ENVIRONMENTS, (site, visit) -> site.environments().show(visit));
    administer(config, POST, ENVIRONMENTS + "/pull", (site, v) -> site.environments().pull(v));
    administer(config, POST, ENVIRONMENTS + "/remove", (site, v) -> site.environments().remove(v));
    administer(config, GET, HOMES, (site, visit) -> site.homes().show(visit));
  }

  private void open(JavalinConfig config, String path, Handler handler) {
    config.routes.addHttpHandler(GET, prefix + path, guarded(handler));
  }

  private void get(JavalinConfig config, String path, Answer answer) {
    config.routes.addHttpHandler(GET, prefix + path, signedIn(answer));
  }

  private void post(JavalinConfig config, String path, Answer answer) {
    Answer ours =
        (site, visit) -> {
          visit.demandOwnForm();
          answer.to(site, visit);
        };
    config.routes.addHttpHandler(POST, prefix + path, signedIn(ours));
  }

  private void administer(JavalinConfig config, HandlerType method, String path, Answer answer) {
    Answer allowed =
        (site, visit) -> {
          visit.demandAdministrator();
          answer.to(site, visit.administering(path));
        };
    if (method == POST) {
      post(config, path, allowed);
    } else {
      get(config, path, allowed);
    }
  }

  private Handler signedIn(Answer answer) {
    return guarded(
        ctx -> {
          var site = site();
          var session = site.signIn().session(ctx);
          if (session.isEmpty()) {
            site.signIn().begin(ctx);
          } else {
            Audit.asks(ctx, session.get().user());
            var frame = Frame.of(session.get(), prefix, site.hub().page(""));
            answer.to(site, new Visit(ctx, session.get(), site.templates(), frame));
          }
        });
  }

  /** What holds for every answer, whatever it is. */
  private Handler guarded(Handler handler) {
    return ctx -> {
      ctx.header("Content-Security-Policy", POLICY)
          .header("X-Content-Type-Options", "nosniff")
          .header("Referrer-Policy", "same-origin")
          .header("Cache-Control", "no-store");
      try {
        handler.handle(ctx);
      } catch (Exception e) {
        show(Problems.explain(e, ctx), ctx);
      }
    };
  }

  private void show(Problem problem, Context ctx) {
    var site = site();
    var frame = Frame.ofNobody(prefix, site.hub().page(""));
    ctx.status(problem.status());
    new Visit(ctx, null, site.templates(), frame).show("problem", problem.title(), problem);
  }

  private synchronized Site site() {
    if (site == null) {
      site = made.get();
    }
    return site;
  }
}
