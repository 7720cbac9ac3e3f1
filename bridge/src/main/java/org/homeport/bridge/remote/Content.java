package org.homeport.bridge.remote;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of one version of a file; their number and MD5 are known before the first is read. */
public interface Content {

  long size();

  Md5 md5();

  /**
   * The bytes from an offset on. Repeatable.
   *
   * <p>The stream throws {@link ContentChanged} before it gives the last byte away when the bytes
   * are not those announced, the ones before the offset included. So a remote that publishes only
   * after the last byte never publishes a torn file.
   */
  InputStream open(long from) throws IOException;
}
