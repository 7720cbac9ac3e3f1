package org.homeport.bridge.remote.drive.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** HTTP for the fake Drive, with connections that can be reset. */
final class FakeServer implements AutoCloseable {
  private static final int THREADS = 300;
  private static final int BUFFER = 1 << 16;

  /** Answers one call; {@link Disconnected} resets the connection. */
  interface Application {
    Answer answer(Call call) throws IOException;
  }

  private final Server server;
  private final ServerConnector connector;

  FakeServer(int port, Application application) {
    var threads = new QueuedThreadPool(THREADS);
    threads.setName("fake-drive");
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setAcceptQueueSize(1000);
    server.addConnector(connector);
    server.setHandler(new Adapter(application));
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("The fake Drive cannot listen on port " + port, e);
    }
  }

  private static HttpConfiguration configuration() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setInputBufferSize(BUFFER);
    http.setOutputBufferSize(BUFFER);
    return http;
  }

  /** Listens with TLS as well; the store holds one key, and its password is {@code changeit}. */
  int listenWithTls(Path keyStore) {
    var tls = new SslContextFactory.Server();
    tls.setKeyStorePath(keyStore.toString());
    tls.setKeyStorePassword("changeit");
    tls.setSniRequired(false);
    var http = new HttpConnectionFactory(configuration());
    var secure = new ServerConnector(server, new SslConnectionFactory(tls, "http/1.1"), http);
    secure.setHost("127.0.0.1");
    server.addConnector(secure);
    try {
      secure.start();
    } catch (Exception e) {
      throw new IllegalStateException("The fake Drive cannot listen with TLS.", e);
    }
    return secure.getLocalPort();
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Adapter extends Handler.Abstract {
    private final Application application;

    Adapter(Application application) {
      this.application = application;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      try {
        var body = Content.Source.asInputStream(request);
        var answer = application.answer(call(request, body));
        // A connection with something left unread is closed, which is not what Google does.
        body.transferTo(OutputStream.nullOutputStream());
        send(answer, response);
        callback.succeeded();
      } catch (Disconnected e) {
        reset(request, response);
        callback.failed(new EofException(e));
      }
      return true;
    }

    private static Call call(Request request, InputStream body) {
      Map<String, String> headers = new HashMap<>();
      request
          .getHeaders()
          .forEach(
              field -> headers.put(field.getName().toLowerCase(Locale.ROOT), field.getValue()));
      return new Call(request.getMethod(), request.getHttpURI().getPathQuery(), headers, body);
    }

    private static void send(Answer answer, Response response) throws IOException {
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      response.getHeaders().put("Content-Length", answer.length());
      var out = Content.Sink.asOutputStream(response);
      try (var in = answer.body()) {
        var left = answer.length();
        var buffer = new byte[BUFFER];
        while (left > 0) {
          var read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
          out.write(buffer, 0, read);
          left -= read;
        }
        out.close();
      } catch (Disconnected e) {
        out.flush();
        throw e;
      }
    }

    /**
     * A linger of zero makes the kernel send a reset instead of an orderly end. An answer that has
     * begun ends without it, so that what was sent of it arrives.
     */
    private static void reset(Request request, Response response) throws IOException {
      var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
      if (!response.isCommitted() && endPoint.getTransport() instanceof SocketChannel channel) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      endPoint.close();
    }
  }
}
