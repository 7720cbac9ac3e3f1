package org.homeport.bridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import org.homeport.bridge.settings.Sizes;
import org.homeport.bridge.web.Urls;

/** Waits for a run that the bridge carries out, and prints how it ended. */
final class RunFollower {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int PARTIAL = 3;
  private static final Duration PACE = Duration.ofMillis(500);
  private static final int MOST_SHOWN = 20;

  private final ApiClient bridge;
  private final PrintWriter out;

  RunFollower(ApiClient bridge, PrintWriter out) {
    this.bridge = bridge;
    this.out = out;
  }

  /** Returns the address of something that belongs to a user. */
  static String of(String user, String rest) {
    return "users/" + Urls.part(user) + rest;
  }

  /** Asks for a run, waits for its end, and returns the exit code that tells how it went. */
  int follow(String user, String request, Map<String, ?> body) throws InterruptedException {
    var run = bridge.post(of(user, "/" + request), body);
    var address = of(user, "/" + run.path("kind").asText() + "s/" + run.path("number").asText());
    while (run.path("status").asText().equals("running")) {
      Thread.sleep(PACE.toMillis());
      run = bridge.get(address);
    }
    tell(user, run);
    return switch (run.path("status").asText()) {
      case "done" -> DONE;
      case "partial" -> PARTIAL;
      default -> FAILED;
    };
  }

  private void tell(String user, JsonNode run) {
    var report = run.path("report");
    out.println(
        "%s: %s %s, %s of %s files, %s sent or fetched (%s)"
            .formatted(
                user,
                run.path("kind").asText(),
                run.path("status").asText(),
                report.path("filesDone").asText(),
                report.path("filesKnown").asText(),
                report.path("filesSent").asText(),
                Sizes.text(report.path("bytesSent").asLong())));
    if (!report.path("message").asText().isEmpty()) {
      out.println("  " + report.path("message").asText());
    }
    if (report.path("withheld").asLong() > 0) {
      out.println(
          "  %s files are gone from the home; their backups stay, and --consent moves them to the trash"
              .formatted(report.path("withheld").asText()));
    }
    list(report.path("notes"), "text");
    list(report.path("skipped"), "detail");
  }

  private void list(JsonNode items, String what) {
    var shown = 0;
    for (var item : items) {
      if (shown++ == MOST_SHOWN) {
        out.println("  … and " + (items.size() - MOST_SHOWN) + " more; the API has them all");
        return;
      }
      out.println("  " + item.path("path").asText() + ": " + item.path(what).asText());
    }
  }

  static String files(long count) {
    return count == 1 ? "1 file" : count + " files";
  }
}
