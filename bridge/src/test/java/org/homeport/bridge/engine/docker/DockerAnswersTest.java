package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Network;
import org.homeport.bridge.engine.EngineRejected;
import org.junit.jupiter.api.Test;

class DockerAnswersTest {
  private static final String SIX = "{\"Subnet\": \"fd00::/64\", \"Gateway\": \"fd00::1\"}";

  @Test
  void aNetworkOfBothKindsIsReachedAtItsIpv4Gateway() throws Exception {
    var network = DockerAnswers.network(network(SIX + ", {\"Subnet\": \"172.30.0.0/16\"}"));
    assertThat(network.gateway()).contains("172.30.0.1");
    assertThat(network.subnet()).contains("172.30.0.0/16");
  }

  @Test
  void aNetworkWithoutIpv4IsRefusedByName() throws Exception {
    var network = network(SIX + ", {}");
    assertThatExceptionOfType(EngineRejected.class)
        .isThrownBy(() -> DockerAnswers.network(network))
        .withMessageContaining("The network campus has no IPv4 subnet");
  }

  private static Network network(String ranges) throws JsonProcessingException {
    var answer =
        """
        {"Name": "campus", "Options": {"%s": "false"}, "IPAM": {"Config": [%s]}}
        """;
    return new ObjectMapper().readValue(answer.formatted(DockerAnswers.ICC, ranges), Network.class);
  }
}
