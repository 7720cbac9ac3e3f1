package org.homeport.spawn.identity;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.util.Arrays;

/**
 * The identity that the kernel checks when the current thread touches a file: uid, gid and groups.
 *
 * <p>All calls here change one thread only. For {@code setgroups} that means the raw system call:
 * the C library's wrapper would change every thread of the process (nptl(7)).
 */
final class FileSystemIdentity {
  private static final int NOBODY_IN_PARTICULAR = -1;
  private static final long SETGROUPS = Platform.isARM() ? 159 : 116;
  private static final long CAPSET = Platform.isARM() ? 91 : 126;

  /** The version of the call that takes 64 capabilities, of the current thread. */
  private static final int[] CAPABILITIES_OF_THREAD = {0x20080522, 0};

  /** Effective, permitted and inheritable ones, in two halves. */
  private static final int[] NO_CAPABILITIES = new int[6];

  static {
    Native.register(FileSystemIdentity.class, Platform.C_LIBRARY_NAME);
  }

  private FileSystemIdentity() {}

  static long effectiveUid() {
    return UnixId.ofKernel(geteuid());
  }

  /** Gives the current thread the account's identity, which it keeps to its end. */
  static void take(Account account) {
    var groups = Arrays.stream(account.groupIds()).mapToInt(UnixId::toKernel).toArray();
    Arrays.sort(groups);
    var uid = UnixId.toKernel(account.uid());
    var gid = UnixId.toKernel(account.gid());
    // The uid last: with it goes the right to change the others.
    syscall(SETGROUPS, groups.length, groups);
    setfsgid(gid);
    setfsuid(uid);
    if (uid() != uid || gid() != gid || !Arrays.equals(groups(), groups)) {
      throw new IllegalStateException(
          "The kernel did not give the identity of "
              + account.name()
              + ": the bridge needs CAP_SETUID and CAP_SETGID.");
    }
    dropCapabilities();
  }

  /** With the uid go the capabilities that concern files, but not those such as CAP_SYS_ADMIN. */
  private static void dropCapabilities() {
    if (syscall(CAPSET, CAPABILITIES_OF_THREAD, NO_CAPABILITIES) != 0) {
      throw new IllegalStateException("The kernel did not take the capabilities of a thread.");
    }
  }

  // setfsuid and setfsgid return the previous id and no error: an invalid id only asks.
  private static int uid() {
    return setfsuid(NOBODY_IN_PARTICULAR);
  }

  private static int gid() {
    return setfsgid(NOBODY_IN_PARTICULAR);
  }

  private static int[] groups() {
    var groups = new int[Math.max(0, getgroups(0, new int[0]))];
    getgroups(groups.length, groups);
    Arrays.sort(groups);
    return groups;
  }

  private static native int geteuid();

  private static native int setfsuid(int uid);

  private static native int setfsgid(int gid);

  private static native int getgroups(int size, int[] list);

  private static native long syscall(long number, long size, int[] list);

  private static native long syscall(long number, int[] header, int[] data);
}
