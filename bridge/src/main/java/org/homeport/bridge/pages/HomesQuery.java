package org.homeport.bridge.pages;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.HomeStates.HomeState;
import org.homeport.bridge.home.HomeSize;
import org.homeport.bridge.web.Urls;
import org.homeport.spawn.text.Spelling;

/**
 * Which homes an administrator wants to see, in which order: an address that can be kept.
 *
 * @param find part of the users' names; empty for all
 * @param show which of them
 * @param late after how many days without a backup a home is late
 * @param page counts from 1
 */
record HomesQuery(String find, Show show, Order order, boolean backwards, int late, int page) {
  static final String YES = "yes";
  private static final int ROWS = 50;
  private static final int LATE_AFTER_DAYS = 2;

  /** Which homes are shown. */
  enum Show {
    ALL("all homes"),
    LATE("overdue ones"),
    FAILED("failing ones"),
    NEVER("ones never saved");

    private final String text;

    Show(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** One home, as far as it is known. */
  record Home(HomeState state, Optional<HomeSize> size) {
    /** As measured; else as saved. */
    long bytes() {
      return size.map(HomeSize::bytes).orElse(state.bytes());
    }
  }

  /** By what they are sorted. */
  enum Order {
    USER("User", Comparator.comparing(home -> home.state().user().name())),
    SIZE("Size", Comparator.comparing(Home::bytes).reversed()),
    SAVED(
        "Last saved", Comparator.comparing(home -> home.state().lastSaved().orElse(Instant.EPOCH))),
    FAILURES(
        "Failed since", Comparator.comparing((Home home) -> home.state().failures()).reversed());

    private final String text;
    private final Comparator<Home> order;

    Order(String text, Comparator<Home> order) {
      this.text = text;
      this.order = order;
    }

    String text() {
      return text;
    }

    /** As a screen reader tells it: names and times go up at first, counts and sizes down. */
    String direction(boolean backwards) {
      var up = this == USER || this == SAVED;
      return up != backwards ? "ascending" : "descending";
    }
  }

  /**
   * The filter, order and page of the list of homes.
   *
   * @param wanted how many there are on all pages
   * @param bytes of all of them
   */
  record Page(List<Home> rows, int wanted, long bytes, int number, int count) {}

  static HomesQuery of(Visit visit) {
    return new HomesQuery(
        visit.query("find").strip(),
        named(Show.values(), visit.query("show")),
        named(Order.values(), visit.query("sort")),
        visit.query("backwards").equals(YES),
        number(visit.query("late"), LATE_AFTER_DAYS),
        number(visit.query("page"), 1));
  }

  Page of(List<Home> all, Instant now) {
    var wanted =
        all.stream().filter(home -> shows(home.state(), now)).sorted(comparator()).toList();
    var count = Math.max(1, (wanted.size() + ROWS - 1) / ROWS);
    var number = Math.min(page, count);
    var rows = wanted.stream().skip((number - 1L) * ROWS).limit(ROWS).toList();
    var bytes = wanted.stream().mapToLong(Home::bytes).sum();
    return new Page(rows, wanted.size(), bytes, number, count);
  }

  boolean isLate(HomeState state, Instant now) {
    var limit = now.minus(Duration.ofDays(late));
    return state.lastSaved().map(limit::isAfter).orElse(true);
  }

  /** The same from its first page, by another order, or turned round if it is this one. */
  HomesQuery sortedBy(Order other) {
    return new HomesQuery(find, show, other, other == order && !backwards, late, 1);
  }

  HomesQuery at(int otherPage) {
    return new HomesQuery(find, show, order, backwards, late, otherPage);
  }

  String address() {
    return "?"
        + Urls.query(
            Map.of(
                "find", find,
                "show", lower(show),
                "sort", lower(order),
                "backwards", backwards ? YES : "",
                "late", String.valueOf(late),
                "page", String.valueOf(page)));
  }

  private boolean shows(HomeState state, Instant now) {
    var name = state.user().name().toLowerCase(Locale.ROOT);
    return name.contains(find.toLowerCase(Locale.ROOT))
        && switch (show) {
          case ALL -> true;
          case LATE -> isLate(state, now);
          case FAILED -> state.failures() > 0;
          case NEVER -> state.lastSaved().isEmpty();
        };
  }

  private Comparator<Home> comparator() {
    var given = backwards ? order.order.reversed() : order.order;
    return given.thenComparing(Order.USER.order);
  }

  static String lower(Enum<?> value) {
    return Spelling.of(value);
  }

  /** The one of that name, or the first. */
  private static <E extends Enum<E>> E named(E[] values, String name) {
    for (var value : values) {
      if (lower(value).equals(name)) {
        return value;
      }
    }
    return values[0];
  }

  private static int number(String text, int otherwise) {
    return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : otherwise;
  }
}
