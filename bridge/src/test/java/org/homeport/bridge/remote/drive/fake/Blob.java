package org.homeport.bridge.remote.drive.fake;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that grow at their end: in memory while they are few, in a file when they are many. */
final class Blob {
  private static final int IN_MEMORY = 1 << 20;

  private final Path folder;
  private final MessageDigest md5 = md5Digest();
  private ByteArrayOutputStream memory = new ByteArrayOutputStream(0);
  private Path file;
  private OutputStream out;
  private long size;

  Blob(Path folder) {
    this.folder = folder;
  }

  static Blob of(Path folder, byte[] bytes) throws IOException {
    var blob = new Blob(folder);
    blob.append(bytes, bytes.length);
    return blob;
  }

  void append(byte[] bytes, int length) throws IOException {
    if (file == null && size + length > IN_MEMORY) {
      file = Files.createTempFile(folder, "blob", "");
      out = Files.newOutputStream(file);
      memory.writeTo(out);
      memory = null;
    }
    (file == null ? memory : out).write(bytes, 0, length);
    md5.update(bytes, 0, length);
    size += length;
  }

  long size() {
    return size;
  }

  String md5() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) md5.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  InputStream open(long from) throws IOException {
    var in =
        file == null ? new ByteArrayInputStream(memory.toByteArray()) : Files.newInputStream(file);
    in.skipNBytes(from);
    return in;
  }

  private static MessageDigest md5Digest() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
