package org.homeport.bridge.backup.drive;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import java.io.IOException;
import java.time.Duration;

/** Makes the client of one account's Drive, over the connections that all share. */
record DriveClients(HttpTransport transport, Endpoints endpoints) {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  Drive of(Credentials credentials) {
    var signed = new HttpCredentialsAdapter(credentials);
    return new Drive.Builder(
            transport, GsonFactory.getDefaultInstance(), request -> prepare(request, signed))
        .setRootUrl(endpoints.api().toString())
        .setApplicationName("Homeport")
        .build();
  }

  private static void prepare(HttpRequest request, HttpCredentialsAdapter signed)
      throws IOException {
    signed.initialize(request);
    request.setReadTimeout((int) TIMEOUT.toMillis());
    // Contents are mostly packed already, and their length must be known.
    request.setEncoding(null);
  }
}
