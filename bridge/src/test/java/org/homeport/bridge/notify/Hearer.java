package org.homeport.bridge.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver on this machine that keeps what it is told, with faults to order. */
final class Hearer implements AutoCloseable {
  /** Closes the connection without an answer. */
  static final int HANGS_UP = 0;

  /** Does not answer until it is closed. */
  static final int SAYS_NOTHING = -1;

  record Told(String path, String body) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<Integer> faults = new ArrayDeque<>();
  private final List<Told> told = new CopyOnWriteArrayList<>();

  Hearer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::hear);
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Answers the next messages by these statuses, each once. */
  void answers(Integer... statuses) {
    faults.addAll(List.of(statuses));
  }

  /** All messages that came, refused ones too. */
  List<Told> told() {
    return told;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void hear(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    told.add(new Told(exchange.getRequestURI().toString(), body));
    var status = faults.isEmpty() ? Integer.valueOf(200) : faults.remove();
    if (status == SAYS_NOTHING) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    } else if (status != HANGS_UP) {
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }
}
