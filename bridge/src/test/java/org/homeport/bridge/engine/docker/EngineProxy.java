package org.homeport.bridge.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and the real engine, to be broken like an engine that restarts. */
public final class EngineProxy implements AutoCloseable {
  private final Path folder;
  private final Path socket;
  private final ServerSocketChannel listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile String awaited;
  private volatile Runnable reaction = () -> {};

  public EngineProxy() throws IOException {
    this.folder = Files.createTempDirectory("engine-proxy");
    this.socket = folder.resolve("docker.sock");
    this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    threads.execute(this::accept);
  }

  public URI address() {
    return URI.create("unix://" + socket);
  }

  int connections() {
    return clients.size();
  }

  /** Ends every connection, as an engine's restart does. */
  void dropConnections() throws IOException {
    for (var channel : open) {
      channel.close();
      open.remove(channel);
    }
  }

  /** Takes every request from now on, and answers none. */
  void fallSilent() {
    silent = true;
  }

  void speakAgain() {
    silent = false;
  }

  /** Counts the connections of clients that are open. */
  long open() {
    return clients.stream().filter(SocketChannel::isOpen).count();
  }

  /** Does something before a request with these words goes on to the engine. */
  public void before(String words, Runnable what) {
    reaction = what;
    awaited = words;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    dropConnections();
    threads.shutdownNow();
    Files.deleteIfExists(socket);
    Files.deleteIfExists(folder);
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        var client = listener.accept();
        clients.add(client);
        var engine = SocketChannel.open(UnixDomainSocketAddress.of(EngineBed.HOST.getPath()));
        open.add(client);
        open.add(engine);
        threads.execute(() -> copy(client, engine));
        threads.execute(() -> copy(engine, client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void copy(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(1 << 16);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        if (awaited != null && UTF_8.decode(buffer.duplicate()).toString().contains(awaited)) {
          reaction.run();
        }
        while (!silent && buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      // one end is gone: so is the other
    }
  }
}
