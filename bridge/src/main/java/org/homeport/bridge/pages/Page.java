package org.homeport.bridge.pages;

import io.javalin.http.HandlerType;
import java.util.Optional;

/**
 * One page, or one act that a page offers.
 *
 * @param path below the prefix of all pages
 * @param administration whether only administrators may open it
 * @param tab its title among the tabs of the administration, when it has one
 */
public record Page(
    HandlerType method, String path, boolean administration, Optional<String> tab, Answer answer) {

  /** Answers one request of somebody who may make it. */
  @FunctionalInterface
  public interface Answer {
    void to(Visit visit) throws Exception;
  }

  static Page get(String path, Answer answer) {
    return new Page(HandlerType.GET, path, false, Optional.empty(), answer);
  }

  static Page post(String path, Answer answer) {
    return new Page(HandlerType.POST, path, false, Optional.empty(), answer);
  }

  /** A page of the administration, with a tab of its own. */
  static Page tab(String path, String title, Answer answer) {
    return new Page(HandlerType.GET, path, true, Optional.of(title), answer);
  }

  /** Something that only administrators do. */
  static Page administer(String path, Answer answer) {
    return new Page(HandlerType.POST, path, true, Optional.empty(), answer);
  }
}
