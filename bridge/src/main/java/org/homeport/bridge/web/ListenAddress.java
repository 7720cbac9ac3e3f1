package org.homeport.bridge.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where the API listens: a loopback address or a Unix socket; no other machine can reach it. */
public sealed interface ListenAddress {

  /** Reads {@code 127.0.0.1:8787}, {@code [::1]:8787} or {@code unix:/run/homeport/bridge.sock}. */
  static ListenAddress of(String text) {
    return text.startsWith(Unix.PREFIX) ? Unix.of(text) : Tcp.of(text);
  }

  /** A port of a loopback address; port 0 takes a free one. */
  record Tcp(String host, int port) implements ListenAddress {
    private static final Pattern GRAMMAR =
        Pattern.compile("(?:\\[(?<six>[0-9a-fA-F:.]+)]|(?<four>[a-zA-Z0-9.-]+)):(?<port>\\d{1,5})");

    public Tcp {
      if (port > 65535) {
        throw new IllegalArgumentException("expected a port from 0 to 65535");
      }
      if (!isLoopback(host)) {
        throw new IllegalArgumentException(
            "other machines could reach it: listen on 127.0.0.1, [::1] or unix:/path/of/a.sock,"
                + " and put a proxy with TLS in front for anyone else");
      }
    }

    private static Tcp of(String text) {
      var match = GRAMMAR.matcher(text);
      if (!match.matches()) {
        throw new IllegalArgumentException(
            "expected an address and a port such as 127.0.0.1:8787, or unix:/path/of/a.sock");
      }
      var host = match.group("six") != null ? match.group("six") : match.group("four");
      return new Tcp(host, Integer.parseInt(match.group("port")));
    }

    private static boolean isLoopback(String host) {
      var literal = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
      try {
        // Only literals are looked at, so that no name server decides who reaches the API.
        return host.equals("localhost")
            || literal && InetAddress.getByName(host).isLoopbackAddress();
      } catch (UnknownHostException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** A socket in the file system. */
  record Unix(Path path) implements ListenAddress {
    private static final String PREFIX = "unix:";
    // The kernel's sockaddr_un holds 108 bytes with the closing zero.
    private static final int LONGEST = 107;

    public Unix {
      if (!path.isAbsolute() || path.toString().length() > LONGEST) {
        throw new IllegalArgumentException(
            "expected unix: and an absolute path of at most " + LONGEST + " characters");
      }
    }

    private static Unix of(String text) {
      return new Unix(Path.of(text.substring(PREFIX.length())));
    }

    @Override
    public String toString() {
      return PREFIX + path;
    }
  }
}
