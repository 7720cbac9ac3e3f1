package org.homeport.bridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.web.Json;
import org.homeport.bridge.web.ListenAddress;

/**
 * Asks a running bridge, for the command line.
 *
 * <p>Speaks HTTP/1.0 itself, one connection for each request: Java's own client knows no Unix
 * sockets, and loading a larger one would take longer than the answer.
 */
public final class ApiClient {
  private final ListenAddress address;
  private final Secret token;

  /** The bridge does not answer at all. */
  public static final class NoBridge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoBridge(ListenAddress address, Throwable cause) {
      super("No bridge answers on " + address + ": start it with 'homeport serve'.", cause);
    }
  }

  /** The bridge declines a request, and says why and what to do. */
  public static final class Declined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String remedy;

    Declined(JsonNode problem) {
      super(problem.path("message").asText() + "\n" + problem.path("remedy").asText());
      this.problem = problem.path("message").asText();
      this.remedy = problem.path("remedy").asText();
    }

    public String problem() {
      return problem;
    }

    public String remedy() {
      return remedy;
    }
  }

  public ApiClient(ListenAddress address, Secret token) {
    this.address = address;
    this.token = token;
  }

  public JsonNode get(String path) {
    return ask("GET", path, new byte[0]);
  }

  public JsonNode post(String path, Object body) {
    return ask("POST", path, Json.write(body));
  }

  public JsonNode post(String path) {
    return post(path, Map.of());
  }

  public JsonNode delete(String path) {
    return ask("DELETE", path, new byte[0]);
  }

  private JsonNode ask(String method, String path, byte[] body) {
    var answer = exchange(method, path, body);
    var head = answer.indexOf("\r\n\r\n");
    if (head < 0) { // it ended meanwhile
      throw new NoBridge(address, new EOFException());
    }
    var status = answer.substring(0, head).split("[ \r]", 3)[1];
    var json = Json.read(answer.substring(head + 4).getBytes(StandardCharsets.UTF_8));
    if (!status.startsWith("2")) {
      throw new Declined(json);
    }
    return json;
  }

  private String exchange(String method, String path, byte[] body) {
    try (var channel = connect()) {
      channel.write(ByteBuffer.wrap(request(method, path, body)));
      return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new NoBridge(address, e);
    }
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(
        address instanceof ListenAddress.Unix unix
            ? UnixDomainSocketAddress.of(unix.path())
            : tcp((ListenAddress.Tcp) address));
  }

  private static InetSocketAddress tcp(ListenAddress.Tcp tcp) {
    return new InetSocketAddress(tcp.host(), tcp.port());
  }

  private byte[] request(String method, String path, byte[] body) {
    var head =
        """
        %s /api/v1/%s HTTP/1.0\r
        Host: homeport\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(method, path, token.value(), body.length);
    var request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }
}
