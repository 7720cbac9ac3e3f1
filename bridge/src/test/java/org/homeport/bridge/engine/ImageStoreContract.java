package org.homeport.bridge.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The promises that every store of images keeps. */
public abstract class ImageStoreContract {
  private static final ImageName UNKNOWN = ImageName.of("homeport-test/none:1");

  protected abstract ImageStore images();

  /** The same images, as the next bridge of the same network sees them. */
  protected abstract ImageStore afterRestart();

  /** An image that is here, with a file {@code /etc/passwd} that begins with root's line. */
  protected abstract ImageName present();

  /** Offers an image that is not here; its fetch lasts until the latch is counted down. */
  protected abstract ImageName offer(CountDownLatch complete) throws IOException;

  /** An image that the registry does not have. */
  protected abstract ImageName notOffered() throws IOException;

  @Test
  void anImageThatIsHereIsFoundAndListed() {
    var image = images().find(present()).orElseThrow();
    assertThat(image.names()).contains(present().name());
    assertThat(image.size()).isPositive();
    assertThat(images().list())
        .anySatisfy(
            listed -> {
              assertThat(listed.id()).isEqualTo(image.id());
              assertThat(listed.names()).contains(present().name());
            });
  }

  @Test
  void anImageThatIsNotHereIsNotFound() {
    assertThat(images().find(UNKNOWN)).isEmpty();
  }

  @Test
  @Timeout(60)
  void anImageIsPulledWithProgress() throws IOException {
    var complete = new CountDownLatch(1); // a slow listener hears the newest only
    var name = offer(complete);
    assertThat(images().find(name)).isEmpty();
    var image =
        images()
            .pull(
                name,
                (done, total) -> {
                  if (total > 0) {
                    complete.countDown();
                  }
                });
    assertThat(complete.getCount()).isZero();
    assertThat(image.names()).contains(name.name());
    assertThat(image.digest())
        .hasValueSatisfying(digest -> assertThat(digest).startsWith("sha256:"));
    assertThat(images().find(name)).contains(image);
  }

  @Test
  void anImageThatTheRegistryLacksIsRejected() throws IOException {
    var name = notOffered();
    assertThatThrownBy(() -> images().pull(name, (done, total) -> {}))
        .isInstanceOf(EngineRejected.class);
  }

  @Test
  @Timeout(60)
  void aPullWhoseThreadIsInterruptedEnds() throws Exception {
    var name = offer(new CountDownLatch(1));
    var begun = new CountDownLatch(1);
    var ended = new CompletableFuture<Throwable>();
    var puller =
        new Thread(
            () -> {
              try {
                images().pull(name, (done, total) -> begun.countDown());
                ended.complete(null);
              } catch (RuntimeException e) {
                ended.complete(e);
              }
            });
    puller.start();
    begun.await();
    puller.interrupt();
    assertThat(ended.get()).isInstanceOf(EngineUnavailable.class);
    assertThat(images().find(name)).isEmpty();
  }

  @Test
  void anImageThatWasRemovedIsNotFoundAndMayBeRemovedAgain() throws IOException {
    var name = offer(new CountDownLatch(0));
    images().pull(name, (done, total) -> {});
    images().remove(name);
    images().remove(name);
    assertThat(images().find(name)).isEmpty();
  }

  @Test
  void anImageIsReadFileByFile() throws IOException {
    try (var image = images().open(images().find(present()).orElseThrow().id())) {
      var passwd = new TarArchiveInputStream(image.archive("/etc/passwd").orElseThrow());
      assertThat(passwd.getNextEntry().getName()).isEqualTo("passwd");
      assertThat(new String(passwd.readAllBytes(), UTF_8)).startsWith("root:x:0:0:");
      assertThat(image.archive("/no/such/path")).isEmpty();
    }
  }

  @Test
  void whatAnEarlierBridgeLeftOpenIsRemovedAndOnlyThat() throws IOException {
    var id = images().find(present()).orElseThrow().id();
    var next = afterRestart();
    try (var left = images().open(id);
        var own = next.open(id)) {
      next.removeLeftovers();
      assertThat(left.archive("/etc/passwd")).isEmpty();
      assertThat(own.archive("/etc/passwd")).isPresent();
    }
  }

  @Test
  void anAdministratorIsToldTheCommandsForAnImage() {
    assertThat(images().pullCommand(present())).contains(present().name());
    assertThat(images().usersCommand(present())).contains(present().name());
  }
}
