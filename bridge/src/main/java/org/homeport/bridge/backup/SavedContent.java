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

/** Reads a content back from the far end to its last byte, and checks that it is what was saved. */
final class SavedContent {
  private static final int BUFFER = 1 << 16;
  private static final int ATTEMPTS = 5;

  private final Remote remote;
  private final MessageDigest digest = Md5.digest();
  private final Sink sink;

  /** Where it is written to. */
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  SavedContent(Remote remote, Sink sink) {
    this.remote = remote;
    this.sink = sink;
  }

  /**
   * Goes on where it was when the stream breaks.
   *
   * @throws RemoteRejected when the far end has it no more, or otherwise
   * @throws IOException when the sink fails
   */
  void read(RemoteId id, Saved saved, long size) throws IOException {
    var done = 0L;
    for (var attempt = 1; done < size; attempt++) {
      try (var in = remote.read(id, saved.version(), done)) {
        done += pump(in);
      }
      if (done < size && attempt == ATTEMPTS) {
        throw new RemoteRejected("it broke off after " + done + " of " + size + " bytes");
      }
    }
    if (!Md5.of(digest).equals(saved.md5())) {
      throw new RemoteRejected("it arrived damaged: its MD5 is not the one that was saved");
    }
  }

  /** The number of bytes that came before the end, or before the stream broke. */
  private long pump(InputStream in) throws IOException {
    var bytes = new byte[BUFFER];
    var count = 0L;
    while (true) {
      int length;
      try {
        length = in.read(bytes);
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
  }
}
