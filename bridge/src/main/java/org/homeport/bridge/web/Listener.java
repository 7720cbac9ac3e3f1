package org.homeport.bridge.web;

import io.javalin.Javalin;
import io.javalin.config.JettyConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** Opens a listen address for Jetty. */
public interface Listener {

  static Listener on(ListenAddress address) {
    if (address instanceof ListenAddress.Unix unix) {
      return new UnixListener(unix);
    }
    return new TcpListener((ListenAddress.Tcp) address);
  }

  void configure(JettyConfig jetty);

  /** Clears the way, right before the start. */
  default void prepare() {}

  /** The address as it was opened. */
  ListenAddress opened(Javalin javalin);

  /** A port of a loopback address. */
  record TcpListener(ListenAddress.Tcp address) implements Listener {
    @Override
    public void configure(JettyConfig jetty) {
      jetty.host = address.host();
      jetty.port = address.port();
    }

    @Override
    public String toString() {
      return address.toString();
    }

    @Override
    public ListenAddress opened(Javalin javalin) {
      return new ListenAddress.Tcp(address.host(), javalin.port());
    }
  }

  /** A socket in the file system, for root and the socket's group. */
  record UnixListener(ListenAddress.Unix address) implements Listener {
    @Override
    public void configure(JettyConfig jetty) {
      jetty.addConnector(
          (server, http) -> {
            var connector = new UnixDomainServerConnector(server, new HttpConnectionFactory(http));
            connector.setUnixDomainPath(address.path());
            return connector;
          });
    }

    /** A bridge that was killed leaves its socket behind. */
    @Override
    public void prepare() {
      try {
        Files.createDirectories(address.path().getParent());
        if (Files.exists(address.path())) {
          refuseWhenAnswered(address.path());
          Files.delete(address.path());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return address.toString();
    }

    @Override
    public ListenAddress opened(Javalin javalin) {
      try {
        // Whoever connects still needs a token; this keeps ordinary users from trying.
        Files.setPosixFilePermissions(address.path(), PosixFilePermissions.fromString("rw-rw----"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return address;
    }

    private static void refuseWhenAnswered(Path path) {
      try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        channel.connect(UnixDomainSocketAddress.of(path));
      } catch (IOException e) {
        return; // nobody there
      }
      throw new IllegalStateException(
          "Something already listens on " + path + ": stop it, or set listen in homeport.yaml.");
    }
  }
}
