package org.homeport.bridge.remote.drive;

import com.google.api.client.http.AbstractHttpContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.ContentChanged;

/** Sends bytes of a content, once: a number of them from where its stream stands. */
final class SentContent extends AbstractHttpContent {
  private static final int BUFFER = 1 << 17;

  private final InputStream in;
  private final long length;

  SentContent(String type, InputStream in, long length) {
    super(type);
    this.in = in;
    this.length = length;
  }

  /** A stream whose failure is told from the network's. */
  static InputStream open(Content content, long from) {
    try {
      return content.open(from);
    } catch (IOException e) {
      throw new ContentChanged("The file can no longer be opened.", e);
    }
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public boolean retrySupported() {
    return false;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    var buffer = new byte[(int) Math.min(BUFFER, Math.max(1, length))];
    for (var left = length; left > 0; ) {
      var read = read(buffer, (int) Math.min(buffer.length, left));
      out.write(buffer, 0, read);
      left -= read;
    }
    out.flush();
  }

  private int read(byte[] buffer, int most) {
    try {
      var read = in.read(buffer, 0, most);
      if (read < 0) {
        throw new ContentChanged("The file ends before its announced length.");
      }
      return read;
    } catch (IOException e) {
      throw new ContentChanged("The file can no longer be read.", e);
    }
  }
}
