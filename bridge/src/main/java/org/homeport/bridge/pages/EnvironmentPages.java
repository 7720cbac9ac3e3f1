package org.homeport.bridge.pages;

import static org.homeport.bridge.pages.Page.administer;
import static org.homeport.bridge.pages.Page.tab;

import java.util.List;
import java.util.stream.Collectors;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.Environments.Environment;
import org.homeport.bridge.environment.Pulls;
import org.homeport.bridge.pages.Wording.Moment;
import org.homeport.bridge.settings.Sizes;
import org.homeport.bridge.web.Audit;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.image.ImagePattern;

/**
 * The administrators' page of environments: those that are present, their sizes, fetching and
 * removing.
 */
public final class EnvironmentPages implements Chapter {
  private static final String ENVIRONMENTS = "admin/environments";

  private final Environments environments;
  private final Pulls pulls;

  private record Offer(List<Row> rows, String patterns, List<Fetch> fetches, boolean fetching) {
    boolean isEmpty() {
      return rows.isEmpty();
    }
  }

  private record Row(String image, boolean present, String size) {
    static Row of(Environment environment) {
      return new Row(
          environment.image().toString(),
          environment.present(),
          environment.size().isPresent() ? Sizes.text(environment.size().getAsLong()) : "");
    }
  }

  /** A fetch that somebody asked for. */
  private record Fetch(
      String image,
      boolean running,
      long percent,
      String amount,
      String result,
      String tone,
      Moment since) {
    static Fetch of(Pulls.Pull pull) {
      return new Fetch(
          pull.image().toString(),
          pull.state() == Pulls.State.RUNNING,
          pull.total() == 0 ? 0 : 100 * pull.done() / pull.total(),
          pull.total() == 0
              ? "asking the registry"
              : Sizes.text(pull.done()) + " of " + Sizes.text(pull.total()),
          pull.state() == Pulls.State.DONE ? "fetched" : pull.message(),
          pull.state() == Pulls.State.DONE ? "success" : "danger",
          Moment.of(pull.since()));
    }
  }

  public EnvironmentPages(Environments environments, Pulls pulls) {
    this.environments = environments;
    this.pulls = pulls;
  }

  @Override
  public List<Page> pages() {
    return List.of(
        tab(ENVIRONMENTS, "Environments", this::show),
        administer(ENVIRONMENTS + "/pull", this::pull),
        administer(ENVIRONMENTS + "/remove", this::remove));
  }

  void show(Visit visit) {
    var offer = environments.offer();
    var fetches = pulls.list().stream().map(Fetch::of).toList();
    var fetching = fetches.stream().anyMatch(Fetch::running);
    if (!fetching && visit.isByScript()) {
      visit.loadAgain(); // the last one ended: more is on offer now
    }
    visit.show(
        "environments",
        "Environments",
        new Offer(
            offer.items().stream().map(Row::of).toList(),
            offer.patterns().stream().map(ImagePattern::pattern).collect(Collectors.joining(", ")),
            fetches,
            fetching));
  }

  void pull(Visit visit) {
    pulls.start(image(visit));
    back(visit);
  }

  void remove(Visit visit) {
    environments.remove(image(visit));
    back(visit);
  }

  private static ImageName image(Visit visit) {
    var image = ImageName.of(visit.field("image").strip());
    Audit.about(visit.context(), image);
    return image;
  }

  private static void back(Visit visit) {
    visit.go(visit.prefix() + ENVIRONMENTS);
  }
}
