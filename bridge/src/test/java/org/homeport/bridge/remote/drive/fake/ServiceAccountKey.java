package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The key file of a service account, as Google hands it out. */
public final class ServiceAccountKey {
  private ServiceAccountKey() {}

  public static String of(String account, URI google) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "service_account")
        .put("client_id", "1")
        .put("client_email", account)
        .put("private_key_id", "1")
        .put("private_key", pem())
        .put("token_uri", google + "/token")
        .toString();
  }

  private static String pem() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
      var key = encoder.encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
      return "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
