package org.homeport.bridge.pages;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.web.Refused;
import org.homeport.bridge.web.Urls;
import org.homeport.spawn.identity.HubUser;

/** One request for a page by somebody who is signed in. */
final class Visit {
  /** Htmx asks with the one header, and does what the other says. */
  static final String BY_SCRIPT = "HX-Request";

  static final String LOAD_AGAIN = "HX-Refresh";

  private static final String FORM = "application/x-www-form-urlencoded";

  private final Context ctx;
  private final Session session;
  private final Templates templates;
  private final Frame frame;

  /** The model of a template: the frame of every page, and the body of this one. */
  private record View(Frame frame, Object body) {}

  Visit(Context ctx, Session session, Templates templates, Frame frame) {
    this.ctx = ctx;
    this.session = session;
    this.templates = templates;
    this.frame = frame;
  }

  Context context() {
    return ctx;
  }

  Session session() {
    return session;
  }

  /** Returns the visitor's name, as runs remember who asked for them. */
  String name() {
    return session.user().name();
  }

  /**
   * Finds the user whose home the address is about: the visitor, or anyone for an administrator.
   *
   * @throws Refused when it is somebody else's
   */
  HubUser user() {
    var user = HubUser.of(ctx.pathParam("user"));
    if (!user.equals(session.user())) {
      demandAdministrator();
    }
    return user;
  }

  /**
   * @throws Refused when the address is about somebody else's home, even to administrators
   */
  HubUser owner() {
    var user = HubUser.of(ctx.pathParam("user"));
    if (!user.equals(session.user())) {
      throw Refused.forbidden(
          "Only " + user + " can connect a Google account to that home.", "Ask the user to do it.");
    }
    return user;
  }

  void demandAdministrator() {
    if (!session.isAdministrator()) {
      throw Refused.forbidden(
          "This page is for Homeport's administrators.",
          "An administrator of the hub can give you the role homeport-admin.");
    }
  }

  /** Lets only forms pass that fit in memory; others would be written to the disk to be read. */
  void demandPlainForm() {
    var type = Optional.ofNullable(ctx.contentType()).orElse("").split(";")[0].strip();
    if (!type.equalsIgnoreCase(FORM)) {
      throw new Refused(
          415,
          "unsupported-media-type",
          "The form is not of the type " + FORM + ".",
          "Send it as Homeport's own pages do.");
    }
  }

  /** A form is ours when it knows the session's word, which no page from elsewhere does. */
  void demandOwnForm() {
    if (!MessageDigest.isEqual(
        field("csrf").getBytes(StandardCharsets.UTF_8),
        session.csrf().value().getBytes(StandardCharsets.UTF_8))) {
      throw Refused.forbidden(
          "This form does not come from a page of yours, or from one that is too old.",
          "Go back, load the page again, and repeat what you did.");
    }
  }

  /** Returns a field of the form; empty when it is missing. */
  String field(String name) {
    return Optional.ofNullable(ctx.formParam(name)).orElse("");
  }

  /** Returns a parameter of the address; empty when it is missing. */
  String query(String name) {
    return Optional.ofNullable(ctx.queryParam(name)).orElse("");
  }

  /** Whether a script asks for a part of the page that it shows. */
  boolean isByScript() {
    return ctx.header(BY_SCRIPT) != null;
  }

  /** Has the script load the whole page again. */
  void loadAgain() {
    ctx.header(LOAD_AGAIN, "true");
  }

  String home(HubUser user) {
    return frame.prefix() + "users/" + Urls.part(user.name());
  }

  String prefix() {
    return frame.prefix();
  }

  void show(String template, String title, Object body) {
    ctx.html(templates.render(template, new View(frame.titled(title), body)));
  }

  void go(String address) {
    ctx.redirect(address, HttpStatus.SEE_OTHER);
  }

  void go(String address, Map<String, String> query) {
    go(address + "?" + Urls.query(query));
  }
}
