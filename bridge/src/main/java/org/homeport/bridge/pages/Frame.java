package org.homeport.bridge.pages;

/**
 * What is around every page.
 *
 * @param title of this one
 * @param prefix of all pages
 * @param hub the address of the hub's own pages, with a slash at its end
 * @param user who is signed in; empty when nobody is
 * @param csrf what forms must send
 */
record Frame(
    String title,
    String prefix,
    String hub,
    String user,
    boolean isAdministrator,
    boolean isOurHome,
    String csrf) {

  static Frame of(Session session, String prefix, String hub, boolean isAdministration) {
    return new Frame(
        "",
        prefix,
        hub,
        session.user().name(),
        session.isAdministrator(),
        !isAdministration,
        session.csrf().value());
  }

  static Frame ofNobody(String prefix, String hub) {
    return new Frame("", prefix, hub, "", false, true, "");
  }

  Frame titled(String other) {
    return new Frame(other, prefix, hub, user, isAdministrator, isOurHome, csrf);
  }

  boolean isSignedIn() {
    return !user.isEmpty();
  }
}
