package org.homeport.spawn.identity;

/** The numbers that Linux gives to users and groups: unsigned, of 32 bits. */
public final class UnixId {
  /** The largest id; the one above means "none" in the kernel's calls. */
  public static final long LARGEST = 0xffff_fffeL;

  /** The largest id that container engines take. */
  public static final long LARGEST_IN_CONTAINERS = Integer.MAX_VALUE;

  private UnixId() {}

  /** The id as the kernel's calls have it. */
  public static int toKernel(long id) {
    if (id < 0 || id > LARGEST) {
      throw new IllegalArgumentException("Not an id of a user or a group: " + id);
    }
    return (int) id;
  }

  public static long ofKernel(int id) {
    return Integer.toUnsignedLong(id);
  }
}
