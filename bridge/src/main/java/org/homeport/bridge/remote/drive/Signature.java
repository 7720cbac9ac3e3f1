package org.homeport.bridge.remote.drive;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpUnsuccessfulResponseHandler;
import com.google.auth.oauth2.OAuth2Credentials;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Signs requests with an access token, and gets another one when Drive no longer takes it.
 *
 * <p>Google's own adapter hides why no other one was to be had, which is what must be known.
 */
record Signature(OAuth2Credentials credentials)
    implements HttpRequestInitializer, HttpUnsuccessfulResponseHandler {
  private static final int UNAUTHORIZED = 401;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @Override
  public void initialize(HttpRequest request) throws IOException {
    request.setReadTimeout((int) TIMEOUT.toMillis());
    request.setUnsuccessfulResponseHandler(this);
    sign(request);
  }

  @Override
  public boolean handleResponse(HttpRequest request, HttpResponse response, boolean retry)
      throws IOException {
    if (response.getStatusCode() != UNAUTHORIZED) {
      return false;
    }
    credentials.refresh();
    sign(request);
    return true;
  }

  private void sign(HttpRequest request) throws IOException {
    credentials
        .getRequestMetadata(request.getUrl().toURI())
        .forEach((name, values) -> request.getHeaders().put(name, List.copyOf(values)));
  }
}
