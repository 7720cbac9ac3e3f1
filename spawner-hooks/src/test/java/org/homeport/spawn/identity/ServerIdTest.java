package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerIdTest {
  @ParameterizedTest
  @CsvSource({
    "ada, '', ada",
    "ada, lab, ada--lab",
    "a-b, '', a-b",
    "a, 2db-x, a--2db-x",
    "20231234, r-4, 20231234--r-4",
  })
  void plainNamesStayAsTheyAre(String user, String server, String id) {
    assertThat(idOf(user, server)).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({
    "Foo, '', foo---[0-9a-f]{16}",
    "jane@x.org, '', jane-x-org---[0-9a-f]{16}",
    "ada, My lab, ada-my-lab---[0-9a-f]{16}",
    ".., '', x---[0-9a-f]{16}",
    "ada--lab, '', ada-lab---[0-9a-f]{16}",
  })
  void otherNamesShowWhatIsSafeOfThemAndAHashOfAll(String user, String server, String id) {
    assertThat(idOf(user, server)).matches(id);
  }

  @Test
  void theIdOfAServerIsTheSameForEver() {
    assertThat(idOf("jane@x.org", "")).isEqualTo("jane-x-org---85e423e824effe47");
  }

  @Test
  void aServerNameMovesNothingIntoTheUserName() {
    assertThat(idOf("ada", "lab")).isNotEqualTo(idOf("ada--lab", ""));
    assertThat(idOf("a", "b--c")).isNotEqualTo(idOf("a--b", "c"));
    assertThat(idOf("A", "b")).isNotEqualTo(idOf("A-b", ""));
  }

  @Test
  void noPlainNameReadsLikeAHashedOne() {
    var hashed = idOf("Foo", "");

    assertThat(idOf(hashed, "")).isNotEqualTo(hashed);
  }

  @Test
  void plainNamesThatAreTooLongTogetherAreHashed() {
    assertThat(idOf("a".repeat(19), "b".repeat(19))).hasSize(40).doesNotContain("---");
    assertThat(idOf("a".repeat(19), "b".repeat(20))).hasSize(40).contains("---");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-ada", "ada-", "Ada", "a.b", "../ada", "a/b"})
  void whatIsNoIdIsRefused(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ServerId(id))
        .withMessageContaining("'" + id + "'");
  }

  private static String idOf(String user, String server) {
    return ServerId.of(HubUser.of(user), ServerName.of(server)).id();
  }
}
