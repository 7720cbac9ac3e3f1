package org.homeport.bridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.homeport.bridge.web.Route.ANYONE;
import static org.homeport.bridge.web.Route.get;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.homeport.bridge.log.AuditFile;
import org.homeport.bridge.log.AuditSettings;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who ask too much, and readers who do not read. */
class WebServerTest {
  private static final int MEGABYTE = 1 << 20;
  private static final Duration SOON = Duration.ofMinutes(1);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();
  private Downloads downloads = new Downloads();
  private WebServer web;
  private String address;

  @BeforeEach
  void start() {
    var audit = new AuditFile(new AuditSettings(folder.resolve("audit.log"), MEGABYTE, 1));
    web =
        new WebServer(
            ListenAddress.of("127.0.0.1:0"),
            new Access(null),
            new Audit(audit, Clock.systemUTC()),
            new Problems(e -> Optional.empty()),
            List.of(this::routes),
            List.of());
    address = web.start().toString();
  }

  private List<Route> routes() {
    return List.of(
        get("/healthz", ANYONE, ctx -> ctx.result("alive")),
        get("/quick", ANYONE, ctx -> ctx.result("quick")),
        get("/stuck", ANYONE, this::wait),
        get("/download/{user}", ANYONE, this::download),
        get("/broken/{parts}", ANYONE, this::breakAfter));
  }

  private void wait(Context ctx) throws InterruptedException {
    asked.incrementAndGet();
    stuck.await();
    ctx.result("at last");
  }

  /** Ten megabytes, which no buffer of a connection holds. */
  private void download(Context ctx) {
    downloads.send(
        ctx,
        HubUser.of(ctx.pathParam("user")),
        "home.zip",
        out -> {
          for (var part = 0; part < 10; part++) {
            out.write(new byte[MEGABYTE]);
          }
        });
  }

  private void breakAfter(Context ctx) {
    downloads.send(
        ctx,
        HubUser.of("ada"),
        "home.zip",
        out -> {
          out.write(new byte[Integer.parseInt(ctx.pathParam("parts"))]);
          throw new IOException("the disk is gone");
        });
  }

  @AfterEach
  void stop() throws IOException {
    stuck.countDown();
    for (var socket : sockets) {
      socket.close();
    }
    downloads.close();
    web.close();
  }

  @Test
  void theBridgeIsSeenToBeAliveWhenAllItsThreadsAreStuck() {
    var answers = stick(200);
    assertThat(status("/healthz")).isEqualTo(200);
    stuck.countDown();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(200));
    assertThat(status("/quick")).isEqualTo(200);
  }

  @Test
  void whoAsksMoreThanCanWaitIsRefused() {
    var answers = stick(48 + 2000 + 10);
    Awaitility.await()
        .atMost(SOON)
        .until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 10);
    assertThat(answers.stream().filter(CompletableFuture::isDone).map(CompletableFuture::join))
        .containsOnly(503);
    stuck.countDown();
    assertThat(
            answers.stream().map(CompletableFuture::join).filter(answer -> answer == 200).count())
        .isEqualTo(2048);
  }

  @Test
  void downloadsThatNobodyReadsHoldUpNobodyElse() throws IOException {
    for (var number = 0; number < 140; number++) {
      open("/download/user-" + number);
    }
    assertThat(status("/quick")).isEqualTo(200);
    Awaitility.await().atMost(SOON).until(() -> status("/download/another") == 503);
  }

  @Test
  void aUserHasOneDownloadAtATime() throws IOException {
    var first = open("/download/ada");
    assertThat(first.read()).isEqualTo('H');
    assertThat(status("/download/ada")).isEqualTo(429);
    assertThat(status("/download/bob")).isEqualTo(200);
    first.readAllBytes();
    Awaitility.await().atMost(SOON).until(() -> status("/download/ada") == 200);
  }

  @Test
  void aDownloadThatIsNotReadIsBrokenOff() throws IOException {
    downloads.close();
    downloads = new Downloads(Duration.ofMillis(200), 1);
    var unread = open("/download/ada");
    Awaitility.await().atMost(SOON).until(() -> status("/download/ada") == 200);
    assertThat(everything(unread)).isLessThan(10 * MEGABYTE);
  }

  @Test
  void aDownloadThatFailsIsNotTakenForAWholeOne() {
    var request = request("/broken/" + MEGABYTE).build();
    assertThatIOException().isThrownBy(() -> http.send(request, BodyHandlers.ofByteArray()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/broken/0", "/broken/10"})
  void aDownloadThatFailsBeforeItIsSentSaysSo(String path) throws Exception {
    var answer = http.send(request(path).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).startsWith("{").contains("internal-error");
    assertThat(answer.headers().map()).doesNotContainKey("content-disposition");
  }

  @Test
  void aRefusalOfADownloadIsNotKeptAsAFile() throws Exception {
    open("/download/ada").read();
    var answer = http.send(request("/download/ada").build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().map()).doesNotContainKey("content-disposition");
  }

  @Test
  void cookiesOf32KibibytesPass() throws Exception {
    var request = request("/quick").header("Cookie", "a=" + "x".repeat(32 << 10)).build();
    assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  /** Asks for what is stuck so often, and waits until all threads are. */
  private List<CompletableFuture<Integer>> stick(int times) {
    var answers = new ArrayList<CompletableFuture<Integer>>();
    for (var number = 0; number < times; number++) {
      answers.add(
          http.sendAsync(request("/stuck").build(), BodyHandlers.discarding())
              .thenApply(HttpResponse::statusCode));
    }
    Awaitility.await().atMost(SOON).until(() -> asked.get() == 48);
    return answers;
  }

  private int status(String path) {
    try {
      return http.send(request(path).build(), BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address + path)).timeout(SOON);
  }

  /** Asks by a connection of its own, of whose answer nothing is read. */
  private InputStream open(String path) throws IOException {
    var parts = address.split(":");
    var socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])));
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: homeport\r\nConnection: close\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.US_ASCII));
    return socket.getInputStream();
  }

  private static long everything(InputStream in) {
    var bytes = 0L;
    try {
      while (in.read() >= 0) {
        bytes++;
      }
    } catch (IOException e) {
      // Broken off.
    }
    return bytes;
  }
}
