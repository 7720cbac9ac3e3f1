package org.homeport.bridge.pages;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.web.Refused;
import org.homeport.spawn.identity.HubUser;

/** The way of a browser to the hub, where its user signs in, and back. */
final class SignIn {
  static final String ADMINISTRATOR = "custom:homeport:admin";
  private static final Set<String> ACCESS =
      Set.of("access:services", "access:services!service=homeport");
  private static final String SESSION = "homeport-session";
  private static final String BROWSER = "homeport-sign-in";
  private static final String HUB_SESSION = "jupyterhub-session-id";

  /** The time for which an answer of the hub about a person is believed. */
  static final Duration HOLDS = Duration.ofSeconds(30);

  private final Hub hub;
  private final Sessions sessions;
  private final Ways ways;
  private final String prefix;
  private final Clock clock;

  SignIn(Hub hub, String prefix, Clock clock) {
    this.hub = hub;
    this.sessions = new Sessions(clock);
    this.ways = new Ways(clock, prefix);
    this.prefix = prefix;
    this.clock = clock;
  }

  /** Returns the session of this browser, which ends with its session at the hub. */
  Optional<Session> session(Context ctx) {
    return cookie(ctx, SESSION).flatMap(id -> sessions.find(id).flatMap(s -> current(ctx, id, s)));
  }

  private Optional<Session> current(Context ctx, Secret id, Session session) {
    if (!session.hubSession().equals(hubSession(ctx))) {
      sessions.end(id);
      return Optional.empty();
    }
    var now = clock.instant();
    if (now.isBefore(session.checked().plus(HOLDS))) {
      return Optional.of(session);
    }
    var confirmed =
        hub.person(session.token().value())
            .filter(SignIn::mayEnter)
            .map(person -> session.confirmed(isAdministrator(person), now));
    confirmed.ifPresentOrElse(still -> sessions.put(id, still), () -> sessions.end(id));
    return confirmed;
  }

  /** Sends the browser to the hub; a form that was sent without a session is lost. */
  void begin(Context ctx) {
    if (ctx.header(Visit.BY_SCRIPT) != null) {
      ctx.status(HttpStatus.UNAUTHORIZED).header(Visit.LOAD_AGAIN, "true");
      return;
    }
    var browser = cookie(ctx, BROWSER).orElseGet(Sessions::random);
    ctx.cookie(cookie(ctx, BROWSER, browser, Ways.LIFE));
    var query = ctx.queryString();
    var asked = ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
    var next = ctx.method().name().equals("GET") ? asked : prefix;
    ctx.redirect(hub.signInPage(ways.depart(browser, next).value()), HttpStatus.SEE_OTHER);
  }

  /** The browser comes back from the hub. */
  void finish(Context ctx) {
    var next =
        cookie(ctx, BROWSER)
            .flatMap(
                browser -> secret(ctx.queryParam("state")).flatMap(s -> ways.arrive(browser, s)))
            .orElseThrow(
                () ->
                    Refused.forbidden(
                        "This sign-in was not begun by this browser, or too long ago.",
                        "Open Homeport's page again."));
    var token =
        secret(ctx.queryParam("code"))
            .flatMap(code -> hub.token(code.value()))
            .orElseThrow(() -> notSignedIn(ctx));
    var person = hub.person(token).orElseThrow(() -> notSignedIn(ctx));
    if (!mayEnter(person)) {
      throw Refused.forbidden(
          person.name() + " may not open Homeport's pages.",
          "Ask the administrator of the hub for the scope access:services!service=homeport.");
    }
    var now = clock.instant();
    var session =
        new Session(
            HubUser.of(person.name()),
            isAdministrator(person),
            new Secret(token),
            hubSession(ctx),
            Sessions.random(),
            Sessions.random(),
            now,
            now);
    ctx.cookie(cookie(ctx, SESSION, sessions.begin(session), Sessions.LIFE));
    ctx.removeCookie(BROWSER, prefix);
    ctx.redirect(next, HttpStatus.SEE_OTHER);
  }

  private static boolean mayEnter(Hub.Person person) {
    return person.scopes().stream().anyMatch(ACCESS::contains);
  }

  private static boolean isAdministrator(Hub.Person person) {
    return person.scopes().contains(ADMINISTRATOR);
  }

  private static Refused notSignedIn(Context ctx) {
    var why = ctx.queryParam("error_description");
    return Refused.forbidden(
        "The hub did not sign you in" + (why == null ? "." : ": " + why),
        "Open Homeport's page again; if that does not help, tell the administrator.");
  }

  private static String hubSession(Context ctx) {
    return Optional.ofNullable(ctx.cookie(HUB_SESSION)).orElse("");
  }

  private static Optional<Secret> cookie(Context ctx, String name) {
    return secret(ctx.cookie(name));
  }

  private static Optional<Secret> secret(String text) {
    return Optional.ofNullable(text).filter(value -> !value.isBlank()).map(Secret::new);
  }

  private Cookie cookie(Context ctx, String name, Secret value, Duration life) {
    var cookie = new Cookie(name, value.value(), prefix, (int) life.toSeconds());
    cookie.setHttpOnly(true);
    cookie.setSameSite(SameSite.LAX);
    cookie.setSecure(isEncrypted(ctx));
    return cookie;
  }

  /** Each proxy on the way adds how it was reached; the first of them met the browser. */
  private static boolean isEncrypted(Context ctx) {
    var way = ctx.header("X-Forwarded-Proto");
    return way != null && way.split(",")[0].strip().equals("https");
  }
}
