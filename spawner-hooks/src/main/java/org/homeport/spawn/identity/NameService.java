package org.homeport.spawn.identity;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Asks the C library who is who, and so everything that {@code /etc/nsswitch.conf} names: files,
 * LDAP, SSSD, systemd. Blocks as long as these do.
 *
 * <p>When they cannot tell, that is a {@link SpawnRefused} with the code {@code
 * accounts-unavailable} and never an absent entry, which would mean that a name is free.
 */
final class NameService {
  private static final int EINTR = 4;
  private static final int ERANGE = 34;

  private static final int FIRST_BUFFER = 1 << 10;
  private static final int LARGEST_BUFFER = 16 << 20;
  private static final int MAX_GROUPS = 1 << 16;

  /** Offsets in {@code struct passwd}, alike in every libc for Linux. */
  private static final int UID = 2 * Native.POINTER_SIZE;

  private static final int GID = UID + Integer.BYTES;
  private static final int COMMENT = GID + Integer.BYTES;
  private static final int HOME = COMMENT + Native.POINTER_SIZE;

  static {
    Native.register(NameService.class, NativeLibrary.getProcess());
  }

  /** One account as the host describes it. Ids are as wide as the kernel's, which are unsigned. */
  record Entry(String name, long uid, long gid, String comment, String home) {
    private static Entry read(Pointer passwd) {
      return new Entry(
          text(passwd, 0),
          UnixId.ofKernel(passwd.getInt(UID)),
          UnixId.ofKernel(passwd.getInt(GID)),
          text(passwd, COMMENT),
          text(passwd, HOME));
    }
  }

  /** One of the C library's reentrant look-ups. */
  private interface Lookup {
    int into(Pointer entry, Pointer buffer, long size, PointerByReference found);
  }

  Optional<Entry> accountNamed(String name) {
    var key = cString(name);
    return ask(
        name, (e, buffer, size, found) -> getpwnam_r(key, e, buffer, size, found), Entry::read);
  }

  Optional<Entry> accountWithId(long uid) {
    return ask(
        "uid " + uid,
        (e, buffer, size, found) -> getpwuid_r(UnixId.toKernel(uid), e, buffer, size, found),
        Entry::read);
  }

  /** The name of a group; empty for one that has only a number. */
  Optional<String> groupWithId(long gid) {
    return ask(
        "gid " + gid,
        (e, buffer, size, found) -> getgrgid_r(UnixId.toKernel(gid), e, buffer, size, found),
        group -> text(group, 0));
  }

  /** The ids of all groups of an account, the primary one included. */
  long[] groupIds(String account, long primary) {
    var ids = new int[16];
    var count = new IntByReference(ids.length);
    while (getgrouplist(cString(account), UnixId.toKernel(primary), ids, count) < 0) {
      if (ids.length >= MAX_GROUPS) {
        throw unavailable(account, ERANGE);
      }
      // libc has put into count how many there are.
      ids = new int[Math.max(count.getValue(), 2 * ids.length)];
      count.setValue(ids.length);
    }
    return Arrays.stream(ids, 0, count.getValue()).mapToLong(UnixId::ofKernel).toArray();
  }

  private static <T> Optional<T> ask(String who, Lookup lookup, Function<Pointer, T> read) {
    var found = new PointerByReference();
    int size = FIRST_BUFFER;
    while (true) {
      try (var entry = new Memory(HOME + 2L * Native.POINTER_SIZE);
          var buffer = new Memory(size)) {
        int error = lookup.into(entry, buffer, size, found);
        // Only 0 says that all services were asked; libc answers it for what none of them knows.
        if (error == 0) {
          return Optional.ofNullable(found.getValue()).map(read);
        } else if (error == ERANGE && size < LARGEST_BUFFER) {
          size *= 4;
        } else if (error != EINTR) {
          throw unavailable(who, error);
        }
      }
    }
  }

  private static SpawnRefused unavailable(String who, int error) {
    var cause = new LastErrorException(error);
    return new SpawnRefused(
        "accounts-unavailable",
        "The host could not look up '" + who + "': " + cause.getMessage() + ".",
        "Try again in a moment. If it stays, check the services that /etc/nsswitch.conf names.",
        cause);
  }

  private static byte[] cString(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Pointer struct, int offset) {
    return struct.getPointer(offset).getString(0, "UTF-8");
  }

  private static native int getpwnam_r(
      byte[] name, Pointer entry, Pointer buffer, long size, PointerByReference found);

  private static native int getpwuid_r(
      int uid, Pointer entry, Pointer buffer, long size, PointerByReference found);

  private static native int getgrgid_r(
      int gid, Pointer entry, Pointer buffer, long size, PointerByReference found);

  private static native int getgrouplist(
      byte[] account, int primary, int[] ids, IntByReference count);
}
