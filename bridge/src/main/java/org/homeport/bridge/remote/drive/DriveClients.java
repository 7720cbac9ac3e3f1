package org.homeport.bridge.remote.drive;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.drive.Drive;
import com.google.auth.oauth2.OAuth2Credentials;

/** Makes the client of one account's Drive, over the connections that all share. */
record DriveClients(HttpTransport transport, Endpoints endpoints) {
  Drive of(OAuth2Credentials credentials) {
    return new Drive.Builder(
            transport, GsonFactory.getDefaultInstance(), new Signature(credentials))
        .setRootUrl(endpoints.api().toString())
        .setApplicationName("Homeport")
        // What is sent besides contents is tiny.
        .setGoogleClientRequestInitializer(request -> request.setDisableGZipContent(true))
        .build();
  }
}
