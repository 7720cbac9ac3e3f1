package org.homeport.bridge.scan;

import java.util.Arrays;

/**
 * The names that were found in one folder, which may be a million: eight bytes of each. Two names
 * that look the same here only keep something that is gone until the next run.
 */
public final class SeenNames {
  private long[] hashes = new long[16];
  private int count;
  private boolean sorted;

  public void add(String name) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hashes[count++] = hash(name);
    sorted = false;
  }

  public boolean contains(String name) {
    if (!sorted) {
      Arrays.sort(hashes, 0, count);
      sorted = true;
    }
    return Arrays.binarySearch(hashes, 0, count, hash(name)) >= 0;
  }

  /** FNV-1a. */
  private static long hash(String name) {
    var hash = 0xcbf29ce484222325L;
    for (var i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
