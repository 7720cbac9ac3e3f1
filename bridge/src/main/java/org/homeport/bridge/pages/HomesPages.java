package org.homeport.bridge.pages;

import static org.homeport.bridge.pages.Page.tab;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.home.HomeSize;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.pages.HomesQuery.Home;
import org.homeport.bridge.pages.HomesQuery.Order;
import org.homeport.bridge.pages.HomesQuery.Show;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.settings.Sizes;

/** All homes and how their backups stand, for administrators: sorted, filtered, in pages. */
public final class HomesPages implements Chapter {
  private final Users users;
  private final BackupFeature backups;
  private final Clock clock;

  private record Homes(
      String find,
      int late,
      String sort,
      String backwards,
      List<Choice> shows,
      List<Column> columns,
      List<Row> rows,
      String count,
      String total,
      List<Link> pages) {
    boolean isEmpty() {
      return rows.isEmpty();
    }
  }

  private record Choice(String value, String text, boolean chosen) {}

  /** The head of a column; sorts by it. */
  private record Column(String text, String address, boolean chosen, String direction) {}

  private record Link(int number, String address, boolean here) {}

  private record Row(
      String user,
      String home,
      Optional<Size> size,
      String amount,
      String status,
      String tone,
      Optional<Moment> saved,
      boolean late,
      int failures,
      String message) {}

  private record Size(String text, Moment measured) {
    static Size of(HomeSize size) {
      var least = size.complete() ? "" : "at least ";
      return new Size(least + Sizes.text(size.bytes()), Moment.of(size.measuredAt()));
    }
  }

  public HomesPages(Users users, BackupFeature backups, Clock clock) {
    this.users = users;
    this.backups = backups;
    this.clock = clock;
  }

  @Override
  public List<Page> pages() {
    return List.of(tab("admin/homes", "Homes and backups", this::show));
  }

  void show(Visit visit) {
    var query = HomesQuery.of(visit);
    var now = clock.instant();
    var all = homes();
    var page = query.of(all, now);
    visit.show(
        "homes",
        "Homes and backups",
        new Homes(
            query.find(),
            query.late(),
            HomesQuery.lower(query.order()),
            query.backwards() ? HomesQuery.YES : "",
            Stream.of(Show.values())
                .map(one -> new Choice(HomesQuery.lower(one), one.text(), one == query.show()))
                .toList(),
            Stream.of(Order.values()).map(order -> column(order, query)).toList(),
            page.rows().stream().map(home -> row(visit, home, query, now)).toList(),
            page.wanted() + " of " + all.size() + " homes",
            Sizes.text(page.bytes()),
            links(query, page)));
  }

  private List<Home> homes() {
    return backups.states().of(users.names()).stream()
        .map(state -> new Home(state, users.sizeOf(state.user())))
        .toList();
  }

  private static Row row(Visit visit, Home home, HomesQuery query, Instant now) {
    var state = home.state();
    var saved = state.lastSaved().map(Moment::of);
    return new Row(
        state.user().name(),
        visit.home(state.user()),
        home.size().map(Size::of),
        saved.isPresent() ? Sizes.text(state.bytes()) + ", " + Wording.files(state.files()) : "",
        state.status().map(RunView::result).orElse("never saved"),
        state.status().map(RunView::tone).orElse("secondary"),
        saved,
        query.isLate(state, now),
        state.failures(),
        state.message());
  }

  private static Column column(Order order, HomesQuery query) {
    return new Column(
        order.text(),
        query.sortedBy(order).address(),
        order == query.order(),
        order.direction(query.backwards()));
  }

  private static List<Link> links(HomesQuery query, HomesQuery.Page page) {
    return IntStream.rangeClosed(1, page.count())
        .filter(number -> page.count() > 1)
        .mapToObj(number -> new Link(number, query.at(number).address(), number == page.number()))
        .toList();
  }
}
