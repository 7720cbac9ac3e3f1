package org.homeport.bridge.pages;

import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.Extension;
import org.homeport.bridge.web.Problem;
import org.homeport.bridge.web.Problems;

/** Serves the pages that people see under the hub's services, to those who may open them. */
public final class Pages implements Extension {
  /** The pages of one user. */
  static final String HOME = "users/{user}";

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final String prefix;
  private final List<Page> pages;
  private final Problems problems;
  private final Supplier<Site> made;
  private Site site;

  /** The parts that the first visit of a page creates. */
  private record Site(Hub hub, SignIn signIn, Templates templates) {}

  /**
   * @param gateway returns the address of Homeport's network on this host
   */
  public Pages(
      HubSettings settings,
      Supplier<String> gateway,
      Clock clock,
      Problems problems,
      List<Chapter> chapters) {
    this.prefix = settings.prefix();
    this.pages = chapters.stream().flatMap(chapter -> chapter.pages().stream()).toList();
    this.problems = problems;
    this.made =
        () -> {
          var hub = new Hub(settings, gateway);
          return new Site(hub, new SignIn(hub, prefix, clock), new Templates());
        };
  }

  @Override
  public void addTo(JavalinConfig config) {
    add(config, GET, "assets/{file}", Assets::serve);
    add(config, GET, "oauth_callback", ctx -> site().signIn().finish(ctx));
    pages.forEach(page -> add(config, page.method(), page.path(), signedIn(page)));
  }

  private void add(JavalinConfig config, HandlerType method, String path, Handler handler) {
    config.routes.addHttpHandler(method, prefix + path, guarded(handler));
  }

  private Handler signedIn(Page page) {
    return ctx -> {
      var session = site().signIn().session(ctx);
      if (session.isEmpty()) {
        site().signIn().begin(ctx);
      } else {
        Audit.asks(ctx, session.get().user());
        answer(page, ctx, session.get());
      }
    };
  }

  private void answer(Page page, Context ctx, Session session) throws Exception {
    var frame = Frame.of(session, prefix, site().hub().page(""));
    var framed = page.administration() ? frame.withTabs(tabs(page)) : frame;
    var visit = new Visit(ctx, session, site().templates(), framed);
    if (page.method() == POST) {
      visit.demandPlainForm();
      visit.demandOwnForm();
    }
    if (page.administration()) {
      visit.demandAdministrator();
    }
    page.answer().to(visit);
  }

  private List<Frame.Tab> tabs(Page shown) {
    return pages.stream()
        .filter(page -> page.tab().isPresent())
        .map(page -> new Frame.Tab(prefix + page.path(), page.tab().get(), page.equals(shown)))
        .toList();
  }

  /** Adds what holds for every answer: headers, and problems as pages. */
  private Handler guarded(Handler handler) {
    return ctx -> {
      ctx.header("Content-Security-Policy", POLICY)
          .header("X-Content-Type-Options", "nosniff")
          .header("Referrer-Policy", "same-origin")
          .header("Cache-Control", "no-store");
      try {
        handler.handle(ctx);
      } catch (Exception e) {
        show(problems.explain(e, ctx), ctx);
      }
    };
  }

  private void show(Problem problem, Context ctx) {
    var frame = Frame.ofNobody(prefix, site().hub().page(""));
    ctx.status(problem.status());
    new Visit(ctx, null, site().templates(), frame).show("problem", problem.title(), problem);
  }

  private synchronized Site site() {
    if (site == null) {
      site = made.get();
    }
    return site;
  }
}
