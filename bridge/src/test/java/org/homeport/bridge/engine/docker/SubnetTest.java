package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {
  @ParameterizedTest
  @CsvSource({
    "172.30.0.0/16, 172.30.0.1",
    "10.0.0.0/8, 10.0.0.1",
    "192.168.7.248/29, 192.168.7.249",
    "10.1.2.128/25, 10.1.2.129",
  })
  void theHostHasTheFirstAddress(String text, String gateway) {
    assertThat(Subnet.of(text)).hasToString(text);
    assertThat(Subnet.of(text).gateway()).isEqualTo(gateway);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "172.30.0.0", "172.30.0.0/33", "172.30.0.1/16", "300.0.0.0/8", "10.0.0.0/30"})
  void whatIsNotASubnetIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Subnet.of(text))
        .withMessageContaining("172.30.0.0/16");
  }
}
