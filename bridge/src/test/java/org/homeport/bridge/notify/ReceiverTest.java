package org.homeport.bridge.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiverTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hc-ping.example/secret-uuid",
        "http://127.0.0.1:8000/secret-uuid",
        "http://localhost/secret-uuid",
        "http://[::1]:8000/secret-uuid"
      })
  void anAddressIsReadAndItsPathNeverShown(String address) throws IOException {
    var receiver = Receiver.read(Files.writeString(folder.resolve("url"), address + "\n"));
    assertThat(receiver.address()).hasToString(address);
    assertThat(receiver.toString()).doesNotContain("secret-uuid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hc-ping.example/secret-uuid",
        "http://127.0.0.1.example/secret-uuid",
        "ftp://hc-ping.example/secret-uuid",
        "https://me:secret-uuid@hc-ping.example/",
        "hc-ping.example/secret-uuid",
        "https:///secret-uuid",
        "https://hc-ping.example/ secret-uuid",
        "https://one.example/secret-uuid\nhttps://two.example/",
        ""
      })
  void anotherTextIsRefusedWithoutSayingIt(String text) throws IOException {
    var file = Files.writeString(folder.resolve("url"), text);
    assertThatThrownBy(() -> Receiver.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ": expected")
        .hasMessageNotContaining("secret-uuid")
        .hasNoCause();
  }
}
