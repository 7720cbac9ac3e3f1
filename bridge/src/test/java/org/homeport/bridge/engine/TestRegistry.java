package org.homeport.bridge.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.homeport.spawn.image.ImageName;

/** An image registry on loopback with small images; can be told to hold a layer back. */
public final class TestRegistry implements AutoCloseable {
  private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  private static final int LAYER_SIZE = 300_000;

  private final HttpServer server;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final AtomicInteger layersFetched = new AtomicInteger();
  private volatile CountDownLatch held = new CountDownLatch(0);

  public TestRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v2/", this::answer);
    server.start();
  }

  public String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Offers an image of one layer, whose content nobody else has. */
  public ImageName image(String name) throws IOException {
    var tar = layer();
    var layer = gzip(tar);
    var config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"true\"]},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}")
            .formatted(digest(tar))
            .getBytes(UTF_8);
    blobs.put(digest(layer), layer);
    blobs.put(digest(config), config);
    var manifest =
        ("{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":"
                + "\"application/vnd.docker.container.image.v1+json\",\"size\":%d,\"digest\":\"%s\"},"
                + "\"layers\":[{\"mediaType\":\"application/vnd.docker.image.rootfs.diff.tar.gzip\","
                + "\"size\":%d,\"digest\":\"%s\"}]}")
            .formatted(MANIFEST, config.length, digest(config), layer.length, digest(layer))
            .getBytes(UTF_8);
    manifests.put(name + "/manifests/1", manifest);
    manifests.put(name + "/manifests/" + digest(manifest), manifest);
    return ImageName.of(host() + "/" + name + ":1");
  }

  /** Layers are begun and not completed until the latch is counted down. */
  public CountDownLatch holdLayers() {
    holdLayers(new CountDownLatch(1));
    return held;
  }

  public void holdLayers(CountDownLatch complete) {
    held = complete;
  }

  public int layersFetched() {
    return layersFetched.get();
  }

  @Override
  public void close() {
    held.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath().substring("/v2/".length());
      var manifest = manifests.get(path);
      var blob = blobs.get(path.substring(path.lastIndexOf('/') + 1));
      if (path.isEmpty()) {
        send(exchange, 200, "{}".getBytes(UTF_8));
      } else if (manifest != null) {
        exchange.getResponseHeaders().set("Docker-Content-Digest", digest(manifest));
        exchange.getResponseHeaders().set("Content-Type", MANIFEST);
        send(exchange, 200, manifest);
      } else if (blob != null) {
        send(exchange, 200, blob);
      } else {
        var error = "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"unknown\"}]}";
        send(exchange, 404, error.getBytes(UTF_8));
      }
    }
  }

  private void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    var half = bytes.length / 2;
    exchange.getResponseBody().write(bytes, 0, half);
    if (bytes.length > LAYER_SIZE / 2) {
      layersFetched.incrementAndGet();
      exchange.getResponseBody().flush();
      try {
        held.await();
      } catch (InterruptedException e) {
        return;
      }
    }
    exchange.getResponseBody().write(bytes, half, bytes.length - half);
  }

  private static byte[] layer() throws IOException {
    var content = new byte[LAYER_SIZE];
    new Random().nextBytes(content);
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes)) {
      var entry = new TarArchiveEntry("content");
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
