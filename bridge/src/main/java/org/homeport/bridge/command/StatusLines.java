package org.homeport.bridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.homeport.bridge.settings.Sizes;

/** The state of the bridge in lines for people: first how it is, then what it does. */
final class StatusLines {
  /** Of each kind, so that all kinds are seen on a small terminal. */
  private static final int MOST_SHOWN = 6;

  private static final Comparator<Map.Entry<String, Long>> MOST_FIRST =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private final List<String> lines = new ArrayList<>();

  private StatusLines() {}

  /**
   * Looks.
   *
   * @param bridge answers a GET below {@code /api/v1}
   */
  static StatusLines of(Function<String, JsonNode> bridge) {
    var snapshot = new StatusLines();
    var status = bridge.apply("status");
    var engine = status.path("engine");
    var network = status.path("network");
    snapshot.line("bridge", text(status, "version"));
    snapshot.line("engine", text(engine, "version") + ", API " + text(engine, "apiVersion"));
    snapshot.line("network", text(network, "name") + ", gateway " + text(network, "gateway"));
    snapshot.section("servers", items(bridge.apply("servers")), "state");
    snapshot.list(items(status, "starts"), StatusLines::start);

    var pulls = items(bridge.apply("environments/pulls"));
    snapshot.section("pulls", pulls, "state");
    snapshot.list(running(pulls, "state"), StatusLines::pull);

    var standing = bridge.apply("backups");
    var homes = items(standing);
    snapshot.section("backups", homes, "status");
    snapshot.list(running(homes, "status"), home -> backup(text(home, "user"), bridge));
    snapshot.night(standing.path("night"));
    return snapshot;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** A night that went well is not worth a line. */
  private void night(JsonNode night) {
    if (night.path("success").isBoolean() && !night.path("success").asBoolean()) {
      line("night", "not all homes were saved. " + text(night, "message"));
    }
  }

  private static String start(JsonNode start) {
    return "%-24s  %3s %%  %s"
        .formatted(text(start, "id"), text(start, "percent"), text(start, "message"));
  }

  private static String pull(JsonNode pull) {
    var done = pull.path("done").asLong();
    var total = pull.path("total").asLong();
    return "%-40s  %s of %s".formatted(text(pull, "image"), Sizes.text(done), Sizes.text(total));
  }

  private static String backup(String user, Function<String, JsonNode> bridge) {
    var newest = bridge.apply(RunFollower.of(user, "/backups")).path("items").path(0);
    var report = newest.path("report");
    return "%-24s  %s of %s files, %s sent"
        .formatted(
            user,
            text(report, "filesDone"),
            text(report, "filesKnown"),
            Sizes.text(report.path("bytesSent").asLong()));
  }

  private void line(String what, String text) {
    lines.add("%-8s %s".formatted(what, text));
  }

  /** Such as {@code 408 done, 2 partial}; what has no state yet is not counted. */
  private void section(String what, List<JsonNode> items, String state) {
    var counts =
        items.stream()
            .filter(item -> !item.path(state).isNull())
            .collect(Collectors.groupingBy(item -> text(item, state), Collectors.counting()));
    line(
        what,
        counts.isEmpty()
            ? "none"
            : counts.entrySet().stream()
                .sorted(MOST_FIRST)
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", ")));
  }

  private void list(List<JsonNode> things, Function<JsonNode, String> line) {
    things.stream().limit(MOST_SHOWN).forEach(thing -> lines.add("  " + line.apply(thing)));
    if (things.size() > MOST_SHOWN) {
      lines.add("  … and " + (things.size() - MOST_SHOWN) + " more");
    }
  }

  private static List<JsonNode> running(List<JsonNode> items, String state) {
    return items.stream().filter(item -> text(item, state).equals("running")).toList();
  }

  private static List<JsonNode> items(JsonNode answer) {
    return items(answer, "items");
  }

  private static List<JsonNode> items(JsonNode answer, String field) {
    return StreamSupport.stream(answer.path(field).spliterator(), false).toList();
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asText();
  }
}
