package org.homeport.bridge.remote;

import java.nio.file.Path;
import java.util.Map;

/**
 * Storage that several processes can reach at the same time; has a constructor without arguments,
 * for the processes that join.
 */
public interface TestRemote extends AutoCloseable {

  /** Where it is, in the process that made it. */
  String address();

  /** The way to it from any process. */
  Remotes open(Path place, String address);

  /** Finds the content at the place of each file of ada's home, without the help of Homeport. */
  Map<String, Md5> files();

  @Override
  void close();
}
