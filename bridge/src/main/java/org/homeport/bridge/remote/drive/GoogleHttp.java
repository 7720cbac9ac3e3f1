package org.homeport.bridge.remote.drive;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.SystemDefaultCredentialsProvider;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The connections to Google, pooled for all accounts. */
final class GoogleHttp {
  private static final int CONNECTIONS = 200;

  private GoogleHttp() {}

  /** It repeats nothing by itself: whether a call may be repeated is known further up only. */
  static HttpTransport transport() {
    var connection =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(20, TimeUnit.SECONDS))
            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
            .setTimeToLive(TimeValue.ofMinutes(5))
            .build();
    var pool =
        PoolingHttpClientConnectionManagerBuilder.create()
            .useSystemProperties()
            .setMaxConnTotal(CONNECTIONS)
            .setMaxConnPerRoute(CONNECTIONS)
            .setDefaultConnectionConfig(connection)
            .build();
    return new Apache5HttpTransport(
        Apache5HttpTransport.newDefaultHttpClientBuilder()
            .setConnectionManager(pool)
            .setDefaultCredentialsProvider(new SystemDefaultCredentialsProvider()) // of a proxy
            .build());
  }
}
