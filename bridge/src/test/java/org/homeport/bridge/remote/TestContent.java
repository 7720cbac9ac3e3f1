package org.homeport.bridge.remote;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A content in memory, which can misbehave as a file does that is written while it is read. */
public record TestContent(byte[] bytes, boolean changes) implements Content {

  public static TestContent of(String text) {
    return new TestContent(text.getBytes(StandardCharsets.UTF_8), false);
  }

  public static TestContent random(int size, long seed) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return new TestContent(bytes, false);
  }

  /** The same, which turns out to have changed when all but the last byte was read. */
  public TestContent changedWhileRead() {
    return new TestContent(bytes, true);
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Md5 md5() {
    return Md5.of(bytes);
  }

  @Override
  public InputStream open(long from) {
    var start = (int) from;
    var length = bytes.length - start - (changes ? 1 : 0);
    return new ByteArrayInputStream(bytes, start, length) {
      @Override
      public synchronized int read() {
        return ended(super.read());
      }

      @Override
      public synchronized int read(byte[] target, int offset, int count) {
        return ended(super.read(target, offset, count));
      }

      private int ended(int result) {
        if (changes && result < 0) {
          throw new ContentChanged("changed on purpose");
        }
        return result;
      }
    };
  }
}
