package org.homeport.bridge.settings;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, as command-line tools read it: {@code HTTPS_PROXY},
 * {@code HTTP_PROXY} and {@code NO_PROXY}, in capitals or small letters. Java does not look at them
 * itself. An address of this machine is never asked through a proxy.
 */
public final class Proxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Optional<URI> https;
  private final Optional<URI> http;
  private final List<String> except;

  private Proxies(Optional<URI> https, Optional<URI> http, List<String> except) {
    this.https = https;
    this.http = http;
    this.except = except;
  }

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException when a proxy is not an address of a plain HTTP proxy; the
   *     message does not repeat it, since it may hold a password
   */
  public static Proxies of(Map<String, String> environment) {
    var except =
        value(environment, "NO_PROXY").stream()
            .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
            .map(host -> host.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", ""))
            .filter(host -> !host.isEmpty())
            .toList();
    return new Proxies(proxy(environment, "HTTPS_PROXY"), proxy(environment, "HTTP_PROXY"), except);
  }

  /** Makes all connections of this process go this way. */
  public void install() {
    ProxySelector.setDefault(this);
    if (all().anyMatch(proxy -> proxy.getUserInfo() != null)) {
      // Java refuses to send a password to a proxy of HTTPS unless it is told to.
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
      Authenticator.setDefault(new Passwords());
    }
  }

  /** Lists the proxies as host and port, without passwords. */
  public List<InetSocketAddress> addresses() {
    return all().map(Proxies::address).distinct().toList();
  }

  @Override
  public List<Proxy> select(URI uri) {
    var proxy = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
    if (proxy.isEmpty() || uri.getHost() == null || isExcepted(uri.getHost())) {
      return DIRECT;
    }
    return List.of(new Proxy(Proxy.Type.HTTP, address(proxy.get())));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException e) {
    // Whoever asked tells of it.
  }

  private boolean isExcepted(String name) {
    var host = name.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    return host.equals("localhost")
        || isOfThisMachine(host)
        || except.stream()
            .anyMatch(one -> one.equals("*") || host.equals(one) || host.endsWith("." + one));
  }

  /** Looks at literal addresses only, so that no name server is asked. */
  private static boolean isOfThisMachine(String host) {
    if (!host.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
      return false;
    }
    try {
      var address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }

  private Stream<URI> all() {
    return Stream.concat(https.stream(), http.stream());
  }

  private static InetSocketAddress address(URI proxy) {
    return InetSocketAddress.createUnresolved(
        proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort());
  }

  private static Optional<URI> proxy(Map<String, String> environment, String name) {
    return value(environment, name).map(text -> uri(name, text));
  }

  private static URI uri(String name, String text) {
    try {
      var uri = URI.create(text.contains("://") ? text : "http://" + text);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Falls through: what is expected is the same.
    }
    throw new IllegalArgumentException(
        name + " is not the address of a proxy such as http://proxy.campus.example:3128");
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Stream.of(name, name.toLowerCase(Locale.ROOT))
        .map(environment::get)
        .filter(text -> text != null && !text.isBlank())
        .map(String::strip)
        .findFirst();
  }

  /** Knows the passwords of the proxies, and tells them to nobody else. */
  private final class Passwords extends Authenticator {
    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      if (getRequestorType() != RequestorType.PROXY) {
        return null;
      }
      return all()
          .filter(proxy -> proxy.getUserInfo() != null)
          .filter(proxy -> proxy.getHost().equalsIgnoreCase(getRequestingHost()))
          .map(proxy -> proxy.getUserInfo().split(":", 2))
          .map(
              user ->
                  new PasswordAuthentication(
                      user[0], (user.length > 1 ? user[1] : "").toCharArray()))
          .findFirst()
          .orElse(null);
    }
  }
}
