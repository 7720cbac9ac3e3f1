package org.homeport.bridge.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteRejected;

/** A content that was saved, read back from the remote to its last byte. */
final class SavedContent {
  private static final int BUFFER = 1 << 16;

  /** A stream that breaks this often in a row without a byte is not going to work. */
  private static final int FRUITLESS = 5;

  private final Remote remote;
  private final RemoteId id;
  private final Saved saved;
  private final long size;

  /** Where it is written to. */
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  SavedContent(Remote remote, RemoteId id, Saved saved, long size) {
    this.remote = remote;
    this.id = id;
    this.saved = saved;
    this.size = size;
  }

  /**
   * Reads it whole, and goes on where it was when the stream breaks.
   *
   * @return whether it arrived as it was saved; a content that did not may have been damaged on the
   *     way, so fetch it once more before judging
   * @throws RemoteRejected when the remote does not hand out all of it
   * @throws IOException when the sink fails
   */
  boolean read(Sink sink) throws IOException {
    var digest = Md5.digest();
    var fruitless = 0;
    for (var done = 0L; done < size; ) {
      var count = pump(done, digest, sink);
      fruitless = count == 0 ? fruitless + 1 : 0;
      done += count;
      if (fruitless == FRUITLESS) {
        throw new RemoteRejected("it broke off after " + done + " of " + size + " bytes");
      }
    }
    return Md5.of(digest).equals(saved.md5());
  }

  RemoteRejected damaged() {
    return new RemoteRejected("it arrived damaged twice: its MD5 is not the one that was saved");
  }

  /** Returns the number of bytes that came before the end, or before the stream broke. */
  private long pump(long from, MessageDigest digest, Sink sink) throws IOException {
    var in = remote.read(id, saved.version(), from);
    try {
      return pump(in, size - from, digest, sink);
    } finally {
      close(in);
    }
  }

  private static long pump(InputStream in, long most, MessageDigest digest, Sink sink)
      throws IOException {
    var bytes = new byte[BUFFER];
    var count = 0L;
    while (count < most) {
      int length;
      try {
        length = in.read(bytes, 0, (int) Math.min(bytes.length, most - count));
      } catch (IOException broken) {
        return count;
      }
      if (length < 0) {
        return count;
      }
      digest.update(bytes, 0, length);
      sink.write(ByteBuffer.wrap(bytes, 0, length));
      count += length;
    }
    return count;
  }

  /** A stream that broke may fail once more when it is closed, which says nothing new. */
  private static void close(InputStream in) {
    try {
      in.close();
    } catch (IOException broken) {
      // The bytes that arrived are counted.
    }
  }
}
