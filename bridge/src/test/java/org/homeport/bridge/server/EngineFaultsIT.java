package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.server.Server.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineFaultsIT {
  private ServersBed bed;

  @BeforeEach
  void open() throws IOException {
    bed = new ServersBed();
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
  }

  @Test
  void anEngineThatHangsForOneServerHoldsNobodyElseUp() {
    var hangs = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    var servers =
        bed.bridge(
            bed.setup(),
            engine ->
                Intercepted.of(
                    ContainerEngine.class,
                    engine,
                    (method, arguments, call) -> {
                      if (method.equals("run") && ((ContainerSpec) arguments[0]).uid() == 70000) {
                        hangs.countDown();
                        over.await();
                      }
                      return call.proceed();
                    }));
    servers.start(bed.request("ada"));
    await().until(() -> hangs.getCount() == 0);
    for (var user : new String[] {"bob", "cem", "dot"}) {
      bed.run(servers, bed.request(user));
      servers.stop(user);
    }
    assertThat(servers.find("ada").orElseThrow().state()).isEqualTo(State.STARTING);
    over.countDown();
    bed.await(servers, "ada", State.RUNNING);
  }

  @Test
  void anEngineThatIsAwaySaysNothingAboutServers() {
    var away = ConcurrentHashMap.<String>newKeySet();
    var servers = bridgeWithout(away);
    var server = bed.run(servers, bed.request("ada"));
    away.add("container");
    away.add("containers");
    assertThatThrownBy(() -> servers.find("ada")).isInstanceOf(EngineUnavailable.class);
    assertThatThrownBy(servers::list).isInstanceOf(EngineUnavailable.class);
    assertThatThrownBy(() -> servers.stop("ada")).isInstanceOf(EngineUnavailable.class);
    assertThatThrownBy(() -> servers.start(bed.request("ada")))
        .isInstanceOf(EngineUnavailable.class);
    away.clear();
    assertThat(servers.find("ada")).contains(server);
  }

  @Test
  void anEngineThatGoesAwayInAStartOnlyDelaysIt() throws InterruptedException {
    var away = ConcurrentHashMap.<String>newKeySet();
    var servers = bridgeWithout(away);
    away.add("run");
    var starting = servers.start(bed.request("ada"));
    await()
        .untilAsserted(
            () ->
                assertThat(servers.events("ada").orElseThrow().after(0, Duration.ZERO))
                    .extracting(ServerEvent::message)
                    .anyMatch(message -> message.contains("gives no answer at the moment")));
    away.clear();
    assertThat(bed.await(servers, "ada", State.RUNNING).reference())
        .isEqualTo(starting.reference());
    assertThat(bed.containers()).hasSize(1);
  }

  @Test
  void anEngineThatStaysAwayInAStartIsAFailureToTryAgain() {
    var away = ConcurrentHashMap.<String>newKeySet();
    var servers = bridgeWithout(away, bed.setup().answeringWithin(Duration.ofSeconds(1)));
    away.add("run");
    servers.start(bed.request("ada"));
    var failed = bed.await(servers, "ada", State.FAILED);
    assertThat(failed.failure().orElseThrow().code()).isEqualTo("engine-unavailable");
    away.clear();
    bed.run(servers, bed.request("ada"));
    assertThat(bed.containers()).hasSize(1);
  }

  @Test
  void anEngineThatIsAwayForAMomentWhileAServerWakesUpEndsNothing() {
    var away = ConcurrentHashMap.<String>newKeySet();
    var servers =
        bed.bridge(
            bed.setup(),
            engine ->
                Intercepted.of(
                    ContainerEngine.class,
                    engine,
                    (method, arguments, call) -> {
                      if (method.equals("container") && away.remove("once")) {
                        throw new EngineUnavailable("away for a moment");
                      }
                      if (method.equals("run")) {
                        away.add("once");
                      }
                      return call.proceed();
                    }));
    bed.run(servers, bed.request("ada"));
    assertThat(away).isEmpty();
  }

  @Test
  void theRecoveryGoesOnOnceTheEngineIsThere() {
    bed.run(bed.bridge(), bed.request("ada"));
    var away = ConcurrentHashMap.<String>newKeySet();
    away.add("removeLeftovers");
    var servers = bridgeWithout(away);
    servers.recoverSoon();
    assertThat(servers.find("ada").orElseThrow().state()).isEqualTo(State.RUNNING);
    away.clear();
    await().untilAsserted(() -> assertThat(servers.list()).hasSize(1));
  }

  private Servers bridgeWithout(Set<String> away) {
    return bridgeWithout(away, bed.setup());
  }

  private Servers bridgeWithout(Set<String> away, TestBridge.Setup setup) {
    return bed.bridge(
        setup,
        engine -> Intercepted.of(ContainerEngine.class, engine, without(away)),
        images -> Intercepted.of(ImageStore.class, images, without(away)));
  }

  private static Intercepted.Interceptor without(Set<String> away) {
    return (method, arguments, call) -> {
      if (away.contains(method)) {
        throw new EngineUnavailable("away");
      }
      return call.proceed();
    };
  }
}
