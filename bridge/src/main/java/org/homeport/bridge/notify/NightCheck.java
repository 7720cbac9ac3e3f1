package org.homeport.bridge.notify;

import java.time.Instant;
import java.util.stream.Collectors;
import org.homeport.bridge.night.Night;
import org.homeport.bridge.night.NightListener;

/** Pings a check, as healthchecks.io has them, when a night begins and when it ended. */
final class NightCheck implements NightListener {
  private static final int MOST_NAMED = 20;

  private final Delivery delivery;

  NightCheck(Delivery delivery) {
    this.delivery = delivery;
  }

  @Override
  public void nightBegan(Instant begun) {
    ping("/start", "");
  }

  @Override
  public void nightEnded(Night night) {
    ping(night.isSuccess() ? "" : "/fail", summary(night));
  }

  private void ping(String more, String body) {
    delivery.post(more, "text/plain; charset=utf-8", body);
  }

  /** A line of counts, and the names of those whose home is not saved. */
  private static String summary(Night night) {
    var counts =
        night.homes().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    var named =
        night.runs().stream()
            .filter(run -> !run.status().isSaved())
            .sorted((one, other) -> one.status().compareTo(other.status()))
            .limit(MOST_NAMED)
            .map(run -> "\n%s: %s. %s".formatted(run.user(), run.status(), run.report().message()))
            .collect(Collectors.joining());
    var message = night.message().isEmpty() ? "" : "\n" + night.message();
    return "%d homes%s%s%s"
        .formatted(night.runs().size(), counts.isEmpty() ? "" : ": " + counts, message, named);
  }
}
