package org.homeport.bridge.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on loopback that behaves as a user's code may. */
final class Peer implements AutoCloseable {
  private final ServerSocket listener;
  private final Behaviour behaviour;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CompletableFuture<String> firstLine = new CompletableFuture<>();
  private final CountDownLatch disconnected = new CountDownLatch(1);

  /** Does something with a connection, which is closed afterwards. */
  interface Behaviour {
    void with(Socket socket) throws IOException, InterruptedException;
  }

  Peer(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Sends a byte now and then, for as long as somebody listens. */
  static void trickle(Socket socket) throws IOException, InterruptedException {
    while (true) {
      socket.getOutputStream().write('H');
      Thread.sleep(50);
    }
  }

  /** Sends one line without an end, for as long as somebody listens. */
  static void flood(Socket socket) throws IOException {
    while (true) {
      socket.getOutputStream().write(new byte[1024]);
    }
  }

  static void answer(Socket socket) throws IOException {
    socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
  }

  Server.Address address() {
    return new Server.Address("127.0.0.1", listener.getLocalPort());
  }

  String firstLine() {
    return firstLine.join();
  }

  /** Returns once a connection was closed by the other side. */
  void awaitDisconnected() throws InterruptedException {
    disconnected.await();
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        var socket = listener.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      threads.shutdownNow(); // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      firstLine.complete(String.valueOf(reader.readLine()));
      behaviour.with(socket);
    } catch (IOException e) {
      disconnected.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
