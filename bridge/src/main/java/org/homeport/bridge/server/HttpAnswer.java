package org.homeport.bridge.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Asks a server on its port whether it answers, as the hub would ask it.
 *
 * <p>The server runs its user's code: so no more is read than the status line, and the whole
 * exchange has one deadline, at which the connection is closed. A time limit for each read would
 * never end with a server that sends a byte now and then.
 */
final class HttpAnswer {
  private static final int CONNECT_MILLIS = 1000;
  private static final int LONGEST_LINE = 256;
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] [1-4]\\d\\d\\b.*");

  private final Duration atMost;

  HttpAnswer(Duration atMost) {
    this.atMost = atMost;
  }

  /** Asks once. A status below 500 is an answer, a request to log in included. */
  boolean comesFrom(Server.Address address, String path) {
    var deadline = System.nanoTime() + atMost.toNanos();
    try (var socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      socket.getOutputStream().write(request(address, path).getBytes(US_ASCII));
      return STATUS.matcher(statusLine(socket, deadline)).matches();
    } catch (IOException e) {
      return false; // it is not up yet
    }
  }

  private static String request(Server.Address address, String path) {
    return "GET %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n"
        .formatted(path, address.host(), address.port());
  }

  private static String statusLine(Socket socket, long deadline) throws IOException {
    var line = new StringBuilder();
    var input = socket.getInputStream();
    while (line.length() < LONGEST_LINE) {
      var next = read(socket, input, deadline);
      if (next < 0 || next == '\r' || next == '\n') {
        break;
      }
      line.append((char) next);
    }
    return line.toString();
  }

  private static int read(Socket socket, InputStream input, long deadline) throws IOException {
    var left = (deadline - System.nanoTime()) / 1_000_000;
    if (left <= 0) {
      throw new SocketTimeoutException("The status line took too long");
    }
    socket.setSoTimeout((int) left);
    return input.read();
  }
}
