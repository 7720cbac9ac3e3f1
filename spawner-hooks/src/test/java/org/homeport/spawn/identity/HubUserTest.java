package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubUserTest {
  @ParameterizedTest
  @ValueSource(strings = {"ada", "..", "a:b", "a{b}", "-rf", "jane@x.org", "Ada Lovelace", "zoë"})
  void whatIsANameInTheHubIsOneHere(String name) {
    assertThat(HubUser.of(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " ada", "ada ", "a/b", "a\0b", "a\nb", "\u2003ada", "a\uD800b"})
  void whatTheHubWouldNotHaveIsRefused(String name) {
    assertRefused(() -> HubUser.of(name), "bad-user-name");
  }

  @Test
  void aNameMayHave255Characters() {
    assertThat(HubUser.of("a".repeat(255)).name()).hasSize(255);
    assertRefused(() -> HubUser.of("a".repeat(256)), "bad-user-name", "aaaa…", "255");
  }
}
