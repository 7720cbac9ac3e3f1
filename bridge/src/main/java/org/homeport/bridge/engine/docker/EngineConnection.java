package org.homeport.bridge.engine.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;

/**
 * The clients of one engine, speaking a version of the API that it knows.
 *
 * @param knowsRecursiveReadOnly whether it can make a mount read-only with everything below it
 * @param calls for what answers at once
 * @param streams for what takes long, in a pool of its own: it holds a connection all the time
 */
record EngineConnection(
    RemoteApiVersion api, boolean knowsRecursiveReadOnly, DockerClient calls, DockerClient streams)
    implements AutoCloseable {
  /** The newest version whose answers were tried; a newer engine speaks it, an older one less. */
  private static final RemoteApiVersion PREFERRED = RemoteApiVersion.VERSION_1_44;

  private static final int CALLS_AT_ONCE = 32;
  private static final int STREAMS_AT_ONCE = 128;

  /** Has no effect on a Unix socket; on TCP it frees the thread of a call that was given up. */
  private static final Duration SILENCE = Duration.ofMinutes(5);

  /** Asks the engine which versions it speaks. Blocks. */
  static EngineConnection to(URI host) {
    Version version;
    try (var probe = client(host, RemoteApiVersion.unknown(), 1)) {
      version = probe.versionCmd().exec();
    } catch (IOException e) {
      throw new IllegalStateException("The engine's version could not be asked for", e);
    }
    var api = choose(version.getApiVersion(), version.getMinAPIVersion());
    var calls = client(host, api, CALLS_AT_ONCE);
    var recursive =
        api.isGreaterOrEqual(RemoteApiVersion.VERSION_1_44)
            && RecursiveReadOnly.isKnownTo(calls.infoCmd().exec());
    return new EngineConnection(api, recursive, calls, client(host, api, STREAMS_AT_ONCE));
  }

  /** The preferred version, or the nearest one that the engine speaks. */
  static RemoteApiVersion choose(String newest, String oldest) {
    var most = RemoteApiVersion.parseConfig(newest);
    var least =
        oldest == null ? RemoteApiVersion.VERSION_1_16 : RemoteApiVersion.parseConfig(oldest);
    if (PREFERRED.isGreater(most)) {
      return most;
    }
    return least.isGreater(PREFERRED) ? least : PREFERRED;
  }

  @Override
  public void close() {
    try (calls;
        streams) {
      // both, even when one fails
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DockerClient client(URI host, RemoteApiVersion api, int connections) {
    return DockerClientImpl.getInstance(
        configuration(host, api),
        new ApacheDockerHttpClient.Builder()
            .dockerHost(host)
            .maxConnections(connections)
            .responseTimeout(SILENCE)
            .build());
  }

  private static DockerClientConfig configuration(URI host, RemoteApiVersion api) {
    return DefaultDockerClientConfig.createDefaultConfigBuilder()
        .withDockerHost(host.toString())
        .withDockerTlsVerify(false)
        .withApiVersion(api)
        .build();
  }
}
