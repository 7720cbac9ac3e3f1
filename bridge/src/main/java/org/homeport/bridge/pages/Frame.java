package org.homeport.bridge.pages;

import java.util.List;

/**
 * The frame around every page.
 *
 * @param title of this page
 * @param prefix of all pages
 * @param hub the address of the hub's own pages, with a slash at its end
 * @param user the name of the signed-in user; empty when nobody is
 * @param tabs of administration; empty on the pages about a home
 * @param csrf the word that forms must send
 */
record Frame(
    String title,
    String prefix,
    String hub,
    String user,
    boolean isAdministrator,
    List<Tab> tabs,
    String csrf) {

  /**
   * One of several pages that belong together.
   *
   * @param here whether it is the page that is shown
   */
  record Tab(String address, String text, boolean here) {}

  static Frame of(Session session, String prefix, String hub) {
    return new Frame(
        "",
        prefix,
        hub,
        session.user().name(),
        session.isAdministrator(),
        List.of(),
        session.csrf().value());
  }

  static Frame ofNobody(String prefix, String hub) {
    return new Frame("", prefix, hub, "", false, List.of(), "");
  }

  Frame titled(String other) {
    return new Frame(other, prefix, hub, user, isAdministrator, tabs, csrf);
  }

  Frame withTabs(List<Tab> others) {
    return new Frame(title, prefix, hub, user, isAdministrator, others, csrf);
  }

  boolean isAboutHome() {
    return tabs.isEmpty();
  }

  boolean isSignedIn() {
    return !user.isEmpty();
  }
}
