package org.homeport.bridge.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.homeport.bridge.night.Night;
import org.homeport.bridge.run.Report;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Kind;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.tree.TreeId;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class NotificationsTest {
  private static final Instant NOW = Instant.parse("2026-10-03T02:00:00Z");

  /** For receivers that answer, however slow the machine is: no answer is given up. */
  private static final Delivery.Patience PATIENT =
      new Delivery.Patience(3, Duration.ofMillis(1), Duration.ofMinutes(1));

  /** For receivers that say nothing. */
  private static final Delivery.Patience BRIEF =
      new Delivery.Patience(3, Duration.ofMillis(1), Duration.ofMillis(300));

  private static final Set<Moment> ALL = EnumSet.allOf(Moment.class);

  @TempDir Path folder;
  private final Hearer hearer = new Hearer();
  private Notifications notifications;

  @AfterEach
  void close() {
    notifications.close();
    hearer.close();
  }

  @Test
  void aCheckHearsOfEachNight() throws IOException {
    ping("/ping/secret-uuid");
    notifications.nightBegan(NOW);
    notifications.nightEnded(night(run("ada", Status.DONE), run("bob", Status.PARTIAL)));
    assertThat(paths()).containsExactly("/ping/secret-uuid/start", "/ping/secret-uuid");
    assertThat(hearer.told().get(1).body()).isEqualTo("2 homes: 1 done, 1 partial");
  }

  @Test
  void aHomeThatWasNotSavedFailsTheNightAndIsNamed() throws IOException {
    ping("/ping/secret-uuid?create=1");
    notifications.nightEnded(
        night(run("ada", Status.DONE), run("bob", Status.FAILED), run("eve", Status.REMOTE_FULL)));
    assertThat(paths()).containsExactly("/ping/secret-uuid/fail?create=1");
    assertThat(hearer.told().get(0).body())
        .startsWith("3 homes: 1 done, 1 failed, 1 remote-full")
        .contains("bob: failed. What was wrong.", "eve: remote-full.")
        .doesNotContain("ada");
  }

  @Test
  void aNightThatCouldNotBeCarriedOutFails() throws IOException {
    ping("/ping/secret-uuid");
    notifications.nightEnded(
        new Night(NOW, NOW, List.of(), List.of(), List.of(), Optional.of("It could not be.")));
    assertThat(paths()).containsExactly("/ping/secret-uuid/fail");
    assertThat(hearer.told().get(0).body()).isEqualTo("0 homes\nIt could not be.");
  }

  @Test
  void whatOnlyTheOwnerCanMendDoesNotFailTheNight() throws IOException {
    ping("/ping/secret-uuid");
    notifications.nightEnded(night(run("eve", Status.NEEDS_RECONNECT)));
    assertThat(paths()).containsExactly("/ping/secret-uuid");
    assertThat(hearer.told().get(0).body()).contains("eve: needs-reconnect.");
  }

  @Test
  void theSummaryOfABadNightIsShort() throws IOException {
    ping("/ping/secret-uuid");
    var runs = new Run[500];
    Arrays.setAll(runs, i -> run("user" + i, Status.FAILED));
    notifications.nightEnded(night(runs));
    assertThat(paths()).hasSize(1);
    assertThat(hearer.told().get(0).body().lines()).hasSizeLessThan(30);
  }

  @Test
  void aWebhookHearsOfEachBackupAndNight() throws IOException {
    webhook(ALL);
    notifications.nightBegan(NOW);
    notifications.began(run("ada", Status.RUNNING));
    notifications.ended(run("ada", Status.NEEDS_RECONNECT));
    notifications.nightEnded(night(run("ada", Status.NEEDS_RECONNECT)));
    assertThat(paths()).containsOnly("/hook").hasSize(4);
    assertThat(news("event")).containsExactly("start", "start", "failure", "success");
    assertThat(news("about")).containsExactly("night", "backup", "backup", "night");
    var failure = news().get(2);
    assertThat(failure.path("user").asText()).isEqualTo("ada");
    assertThat(failure.path("status").asText()).isEqualTo("needs-reconnect");
    assertThat(failure.path("message").asText()).isEqualTo("What was wrong.");
    assertThat(news().get(3).path("homes").path("needs-reconnect").asInt()).isEqualTo(1);
  }

  @Test
  void aWebhookHearsOnlyWhatItWants() throws IOException {
    webhook(Set.of(Moment.FAILURE));
    notifications.began(run("ada", Status.RUNNING));
    notifications.ended(run("ada", Status.DONE));
    notifications.ended(run("bob", Status.FAILED));
    assertThat(news("user")).containsExactly("bob");
  }

  @Test
  void aRestoreIsItsUsersOwnBusiness() throws IOException {
    webhook(ALL);
    notifications.ended(run("ada", Status.DONE, Kind.RESTORE));
    assertThat(paths()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429, Hearer.HANGS_UP})
  void aReceiverThatFailsIsToldAgain(int fault) throws IOException {
    webhook(ALL);
    hearer.answers(fault, fault);
    notifications.ended(run("ada", Status.DONE));
    notifications.ended(run("bob", Status.DONE));
    await().until(() -> hearer.told().size() == 4);
    assertThat(news("user")).containsExactly("ada", "ada", "ada", "bob");
  }

  @Test
  void aReceiverThatSaysNothingIsToldAgain() throws IOException {
    webhook(ALL, BRIEF);
    hearer.answers(Hearer.SAYS_NOTHING, Hearer.SAYS_NOTHING);
    notifications.ended(run("ada", Status.DONE));
    await().until(() -> hearer.told().size() == 3);
    assertThat(news("user")).containsOnly("ada");
  }

  @Test
  void aReceiverThatRefusesIsNotToldAgain() throws IOException {
    webhook(ALL);
    hearer.answers(404);
    notifications.ended(run("ada", Status.DONE));
    assertThat(news("user")).containsExactly("ada");
  }

  @Test
  void aReceiverThatStaysAwayCostsMessagesOnly() throws IOException {
    webhook(ALL);
    hearer.answers(500, 500, 500);
    notifications.ended(run("ada", Status.DONE));
    notifications.ended(run("bob", Status.DONE));
    await().until(() -> hearer.told().size() == 4);
    assertThat(news("user")).containsExactly("ada", "ada", "ada", "bob");
  }

  @Test
  void theLogNamesTheReceiverButNotItsAddress() throws IOException {
    var log = (Logger) LoggerFactory.getLogger(Delivery.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    log.addAppender(lines);
    try {
      ping("/ping/secret-uuid", BRIEF);
      hearer.answers(404, Hearer.SAYS_NOTHING, Hearer.SAYS_NOTHING, Hearer.SAYS_NOTHING);
      notifications.nightBegan(NOW);
      notifications.nightBegan(NOW);
      notifications.close();
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .hasSize(2)
        .allMatch(line -> line.startsWith(hearer.address("/…")))
        .noneMatch(line -> line.contains("secret"));
    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
  }

  @Test
  void aRedirectIsNotFollowed() throws IOException {
    webhook(ALL);
    hearer.answers(302);
    notifications.ended(run("ada", Status.DONE));
    assertThat(paths()).containsExactly("/hook");
  }

  @Test
  void nobodyIsToldWhenNobodyWantsIt() {
    notifications = new Notifications(NotifySettings.NOBODY);
    notifications.nightBegan(NOW);
    assertThat(paths()).isEmpty();
  }

  private void ping(String path) throws IOException {
    ping(path, PATIENT);
  }

  private void ping(String path, Delivery.Patience patience) throws IOException {
    var file = Files.writeString(folder.resolve("ping"), hearer.address(path) + "\n");
    notifications =
        new Notifications(new NotifySettings(Optional.of(file), Optional.empty(), ALL), patience);
  }

  private void webhook(Set<Moment> on) throws IOException {
    webhook(on, PATIENT);
  }

  private void webhook(Set<Moment> on, Delivery.Patience patience) throws IOException {
    var file = Files.writeString(folder.resolve("webhook"), hearer.address("/hook"));
    notifications =
        new Notifications(new NotifySettings(Optional.empty(), Optional.of(file), on), patience);
  }

  /** Where messages came, once all have been sent. */
  private List<String> paths() {
    notifications.close();
    return hearer.told().stream().map(Hearer.Told::path).toList();
  }

  private List<JsonNode> news() throws IOException {
    notifications.close();
    var json = new ObjectMapper();
    var news = new ArrayList<JsonNode>();
    for (var told : hearer.told()) {
      news.add(json.readTree(told.body()));
    }
    return news;
  }

  private List<String> news(String field) throws IOException {
    return news().stream().map(one -> one.path(field).asText()).toList();
  }

  private static Night night(Run... runs) {
    return new Night(
        NOW, NOW.plusSeconds(3600), List.of(runs), List.of(), List.of(), Optional.empty());
  }

  private static Run run(String user, Status status) {
    return run(user, status, Kind.BACKUP);
  }

  private static Run run(String user, Status status, Kind kind) {
    var end = status == Status.RUNNING ? Optional.<Instant>empty() : Optional.of(NOW);
    var report =
        new Report(
            10,
            1000,
            10,
            1000,
            3,
            300,
            0,
            0,
            "",
            OptionalLong.empty(),
            1,
            List.of(),
            List.of(),
            status == Status.DONE ? "" : "What was wrong.");
    return new Run(TreeId.home(HubUser.of(user)), 7, kind, "nightly", NOW, end, status, report);
  }
}
