package org.homeport.bridge.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpAnswerTest {
  private static final HttpAnswer PATIENT = new HttpAnswer(Duration.ofSeconds(20));

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK,                    true",
    "HTTP/1.0 404 Not Found,             true",
    "HTTP/1.1 302 Found,                 true",
    "HTTP/1.1 403 Forbidden,             true",
    "HTTP/1.1 204,                       true",
    "HTTP/1.1 500 Internal Server Error, false",
    "HTTP/1.1 503 Service Unavailable,   false",
    "SSH-2.0-OpenSSH_9.2,                false",
    "'',                                 false",
  })
  void aStatusBelow500IsAnAnswer(String line, boolean answers) throws IOException {
    try (var peer = new Peer(socket -> socket.getOutputStream().write(bytes(line + "\r\n")))) {
      assertThat(PATIENT.comesFrom(peer.address(), "/api")).isEqualTo(answers);
    }
  }

  @Test
  void theQuestionIsForThePath() throws IOException {
    try (var peer = new Peer(socket -> socket.getOutputStream().write(bytes("HTTP/1.1 200\r\n")))) {
      PATIENT.comesFrom(peer.address(), "/user/ada/api");
      assertThat(peer.firstLine()).isEqualTo("GET /user/ada/api HTTP/1.1");
    }
  }

  @Test
  void aPortWithoutAServerIsNoAnswer() throws IOException {
    int port;
    try (var closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    assertThat(PATIENT.comesFrom(new Server.Address("127.0.0.1", port), "/")).isFalse();
  }

  @Test
  @Timeout(60)
  void aServerThatSendsAByteNowAndThenIsGivenUpAndDisconnected() throws Exception {
    try (var peer = new Peer(Peer::trickle)) {
      var answer = new HttpAnswer(Duration.ofMillis(500));
      assertThat(answer.comesFrom(peer.address(), "/")).isFalse();
      peer.awaitDisconnected();
    }
  }

  @Test
  @Timeout(60)
  void aLineWithoutEndIsGivenUp() throws Exception {
    try (var peer = new Peer(Peer::flood)) {
      assertThat(PATIENT.comesFrom(peer.address(), "/")).isFalse();
      peer.awaitDisconnected();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
