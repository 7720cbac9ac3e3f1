package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {
  @Test
  void theDefaultServerHasTheEmptyName() {
    assertThat(ServerName.of("")).isEqualTo(ServerName.DEFAULT);
    assertThat(ServerName.DEFAULT.isDefault()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lab", "2db-x", "..", "My lab", " ", "é"})
  void whatIsANameInTheHubIsOneHere(String name) {
    assertThat(ServerName.of(name)).hasToString(name).returns(false, ServerName::isDefault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a\0b", "a\nb", "a\uD800b"})
  void whatTheHubWouldNotHaveIsRefused(String name) {
    assertRefused(() -> ServerName.of(name), "bad-server-name", name);
  }

  @Test
  void aNameMayHave255Characters() {
    assertThat(ServerName.of("a".repeat(255)).name()).hasSize(255);
    assertRefused(() -> ServerName.of("a".repeat(256)), "bad-server-name", "255");
  }
}
