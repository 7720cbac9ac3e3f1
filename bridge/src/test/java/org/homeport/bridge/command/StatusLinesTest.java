package org.homeport.bridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusLinesTest {
  private static final String NOTHING = "{\"items\": []}";

  @Test
  void aBridgeAtRestTakesSixLines() {
    assertThat(snapshot(status(""), NOTHING, NOTHING, NOTHING))
        .isEqualTo(
            """
            bridge   0.1.0
            engine   20.10.24, API 1.41
            network  homeport, gateway 172.20.0.1
            servers  none
            pulls    none
            backups  none\
            """);
  }

  @Test
  void whatIsUnderWayIsShownWithItsProgress() {
    var starts =
        """
{"id": "cem", "percent": 61, "message": "Copying files: 120 of 300"},
{"id": "bob", "percent": 0, "message": "Many servers start at the moment: 1 person before you."}
""";
    var servers =
        """
{"items": [{"state": "running"}, {"state": "running"}, {"state": "starting"}, {"state": "queued"}]}
""";
    var pulls =
        """
        {"items": [
          {"image": "a/b:1", "state": "running", "done": 1048576, "total": 4194304},
          {"image": "c/d:1", "state": "failed", "done": 0, "total": 0}]}
        """;
    var homes =
        """
        {"items": [
          {"user": "ada", "status": "running"}, {"user": "bob", "status": "done"},
          {"user": "cem", "status": null}]}
        """;
    assertThat(snapshot(status(starts), servers, pulls, homes))
        .endsWith(
            """
servers  2 running, 1 queued, 1 starting
  cem                        61 %  Copying files: 120 of 300
  bob                         0 %  Many servers start at the moment: 1 person before you.
pulls    1 failed, 1 running
  a/b:1                                     1 MiB of 4 MiB
backups  1 done, 1 running
  ada                       3 of 20 files, 512 bytes sent\
""");
  }

  @Test
  void aLongLineIsCut() {
    var starts =
        IntStream.range(0, 40)
            .mapToObj("{\"id\": \"u%s\", \"percent\": 0, \"message\": \"\"}"::formatted)
            .collect(Collectors.joining(","));
    assertThat(snapshot(status(starts), NOTHING, NOTHING, NOTHING))
        .contains("  u5 ")
        .doesNotContain("  u6 ")
        .contains("  … and 34 more");
  }

  private static String status(String starts) {
    return """
    {"version": "0.1.0", "engine": {"version": "20.10.24", "apiVersion": "1.41"},
     "network": {"name": "homeport", "gateway": "172.20.0.1"}, "starts": [%s]}
    """
        .formatted(starts);
  }

  private static String snapshot(String status, String servers, String pulls, String homes) {
    var answers =
        Map.of(
            "status",
            status,
            "servers",
            servers,
            "environments/pulls",
            pulls,
            "backups",
            homes,
            "users/ada/backups",
            """
            {"items": [{"report": {"filesDone": 3, "filesKnown": 20, "bytesSent": 512}}]}
            """);
    return String.join("\n", StatusLines.of(path -> json(answers.get(path))).lines());
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
