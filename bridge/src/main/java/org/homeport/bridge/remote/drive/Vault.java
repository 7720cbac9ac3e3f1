package org.homeport.bridge.remote.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.homeport.bridge.token.Secret;

/**
 * Seals secrets for the database with a key that lies outside of it.
 *
 * <p>AES-256-GCM with a random nonce. Its owner is authenticated with a secret, so that a row that
 * was copied to another account cannot be unsealed.
 */
public final class Vault {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKey key;

  private Vault(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Opens the vault with the key in the file, which is made when it is missing, for root only. */
  public static Vault open(Path keyFile) throws IOException {
    try {
      var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try (var channel = Files.newByteChannel(keyFile, options, mode)) {
        channel.write(ByteBuffer.wrap(random(KEY_BYTES)));
      }
    } catch (FileAlreadyExistsException e) {
      // The usual case: the key was made at an earlier start.
    }
    var key = Files.readAllBytes(keyFile);
    if (key.length != KEY_BYTES) {
      throw new IOException(
          "The key file %s has %d bytes, not %d: restore it from a copy, or remove it and let every user connect again."
              .formatted(keyFile, key.length, KEY_BYTES));
    }
    return new Vault(key);
  }

  /** A line of text that only {@link #unseal} with the same owner turns back. */
  String seal(Secret secret, String owner) {
    try {
      var nonce = random(NONCE_BYTES);
      var cipher = cipher(Cipher.ENCRYPT_MODE, nonce, owner);
      var sealed = cipher.doFinal(secret.value().getBytes(StandardCharsets.UTF_8));
      var line = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
      return Base64.getEncoder().encodeToString(line);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM.", e);
    }
  }

  /**
   * @throws GeneralSecurityException when it was sealed for another owner or by another key
   */
  Secret unseal(String line, String owner) throws GeneralSecurityException {
    var sealed = Base64.getDecoder().decode(line);
    var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    var cipher = cipher(Cipher.DECRYPT_MODE, nonce, owner);
    var plain = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    return new Secret(new String(plain, StandardCharsets.UTF_8));
  }

  private static byte[] random(int bytes) {
    var random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  private Cipher cipher(int mode, byte[] nonce, String owner) throws GeneralSecurityException {
    var cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
