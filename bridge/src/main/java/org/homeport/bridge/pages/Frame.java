package org.homeport.bridge.pages;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is around every page.
 *
 * @param title of this one
 * @param prefix of all pages
 * @param hub the address of the hub's own pages, with a slash at its end
 * @param user who is signed in; empty when nobody is
 * @param tabs of administration; empty on the pages about a home
 * @param csrf what forms must send
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
   * @param here whether it is this one
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

  /** The frame of a page for administrators, at this address below the prefix. */
  Frame administering(String path) {
    var all =
        Stream.of(
                new Tab(Pages.SERVERS, "Servers", false),
                new Tab(Pages.ENVIRONMENTS, "Environments", false),
                new Tab(Pages.HOMES, "Homes and backups", false))
            .map(tab -> new Tab(prefix + tab.address(), tab.text(), tab.address().equals(path)))
            .toList();
    return new Frame(title, prefix, hub, user, isAdministrator, all, csrf);
  }

  boolean isAboutHome() {
    return tabs.isEmpty();
  }

  boolean isSignedIn() {
    return !user.isEmpty();
  }
}
