package org.homeport.bridge.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Path;

/** A file system that is mounted until it is closed; the kernel's own, so only root can. */
public final class TestMount implements AutoCloseable {
  private static final int O_RDWR = 2;
  private static final int DETACH = 2;
  private static final int READ_ONLY = 1;
  private static final int REMOUNT = 32;

  private final Path place;
  private final int device;

  private TestMount(Path place, int device) {
    this.place = place;
    this.device = device;
  }

  public static TestMount tmpfs(Path place) throws IOException {
    return mount(place, "tmpfs", "mode=0777", -1);
  }

  /** A disk of this size that anybody can fill. */
  public static TestMount small(Path place, String size) throws IOException {
    return mount(place, "tmpfs", "mode=0777,size=" + size, -1);
  }

  /** A disk of this size that only root can write to. */
  public static TestMount disk(Path place, String size) throws IOException {
    return mount(place, "tmpfs", "mode=0755,size=" + size, -1);
  }

  /** A FUSE mount that lets only this user in. */
  public static TestMount closed(Path place, long uid) throws IOException {
    return fuse(place, uid, "");
  }

  /** A FUSE mount whose program never answers, to anybody. */
  public static TestMount hanging(Path place) throws IOException {
    return fuse(place, 0, ",allow_other");
  }

  private static TestMount fuse(Path place, long uid, String more) throws IOException {
    var device = call("open", "/dev/fuse", O_RDWR);
    var options = "fd=%d,rootmode=40000,user_id=%d,group_id=%d%s";
    return mount(place, "fuse", options.formatted(device, uid, uid, more), device);
  }

  /** A FUSE mount whose program has gone. */
  public static TestMount dead(Path place, long uid) throws IOException {
    var mount = closed(place, uid);
    mount.hangUp();
    return mount;
  }

  private static TestMount mount(Path place, String type, String options, int device) {
    call("mount", "homeport-test", place.toString(), type, 0L, options);
    return new TestMount(place, device);
  }

  /** Lets nobody write, or everybody again. */
  public void readOnly(boolean readOnly) {
    var flags = REMOUNT | (readOnly ? READ_ONLY : 0);
    call("mount", "homeport-test", place.toString(), "tmpfs", (long) flags, "");
  }

  /** Lets the program go: whoever waits for its answer gets an error. */
  private void hangUp() {
    if (device >= 0) {
      Function.getFunction("c", "close").invokeInt(new Object[] {device});
    }
  }

  @Override
  public void close() {
    hangUp();
    call("umount2", place.toString(), DETACH);
  }

  private static int call(String name, Object... arguments) {
    var result = Function.getFunction("c", name).invokeInt(arguments);
    assertThat(result).as(name + " " + arguments[0]).isNotNegative();
    return result;
  }
}
