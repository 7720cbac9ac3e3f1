package org.homeport.bridge.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** Whether a server answers on its port, as the hub would ask it. */
final class HttpAnswer {
  private static final int CONNECT_MILLIS = 1000;
  private static final int ANSWER_MILLIS = 5000;
  private static final int SERVER_ERROR = 500;

  private HttpAnswer() {}

  /** Asks once. Whatever is below 500 is an answer, a request to log in included. */
  static boolean comesFrom(Server.Address address, String path) {
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
      return false; // nobody listens yet
    }
  }
}
