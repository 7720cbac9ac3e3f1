package org.homeport.bridge.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;

/** Whether a server answers on its port, as the hub would ask it. */
final class HttpAnswer {
  private static final int CONNECT_MILLIS = 1000;
  private static final int ANSWER_MILLIS = 5000;
  private static final int SERVER_ERROR = 500;

  private HttpAnswer() {}

  /** Asks once. Whatever is below 500 is an answer, a request to log in included. */
  static boolean comesFrom(Server.Address address, String path) {
    return isOpen(address) && answers(address, path);
  }

  /** Costs a small part of what a request costs that nobody takes, and many are asked in vain. */
  private static boolean isOpen(Server.Address address) {
    try (var socket = new Socket(Proxy.NO_PROXY)) {
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  private static boolean answers(Server.Address address, String path) {
    try {
      var url = URI.create("http://" + address.host() + ":" + address.port() + path).toURL();
      var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(ANSWER_MILLIS);
      connection.setInstanceFollowRedirects(false);
      try {
        var status = connection.getResponseCode();
        return status > 0 && status < SERVER_ERROR;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false; // it is not up yet
    }
  }
}
