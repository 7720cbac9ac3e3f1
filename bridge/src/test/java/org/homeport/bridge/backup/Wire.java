package org.homeport.bridge.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.homeport.bridge.remote.Batch;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteUnavailable;

/**
 * The way to a remote: counts the calls, and lets them fail before or after they are carried out.
 */
public final class Wire {
  private static final Set<String> WRITES =
      Set.of("createFolders", "create", "update", "commit", "move", "trash", "untrash");

  private static final int SIGKILL = 9;

  private final Map<String, Integer> calls = new TreeMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger steps = new AtomicInteger();
  private volatile Function<String, RuntimeException> failing;
  private volatile Fault fault = (call, number) -> When.NEVER;
  private volatile End end = End.DIE;
  private volatile int lastStep;
  private volatile int readable = Integer.MAX_VALUE;

  /** When something happens to a call. */
  public enum When {
    NEVER,
    BEFORE,
    AFTER
  }

  /**
   * The ways in which this process ends at a step: each call begins one, and each write ends with
   * one.
   */
  public enum End {
    /** As by kill -9. */
    DIE,
    /** It stands still until a byte comes in, and goes on. */
    WAIT
  }

  /** Decides whether a write fails; each is asked about once, with its number from 1 on. */
  public interface Fault {
    When of(String call, int number);
  }

  public void breakWith(Fault other) {
    breakWith(other, where -> new RemoteUnavailable("The wire broke " + where, null));
  }

  /** Fails as the remote itself does. */
  public void breakWith(Fault other, Function<String, RuntimeException> failure) {
    writes.set(0);
    fault = other;
    failing = failure;
  }

  /**
   * @param step from 1 on; 0 for never
   */
  public void endAt(int step, End how) {
    lastStep = step;
    end = how;
  }

  /** Breaks whatever is read after so many bytes, from now on. */
  public void cutReads(int after) {
    readable = after;
  }

  public void mend() {
    readable = Integer.MAX_VALUE;
    breakWith((call, number) -> When.NEVER);
  }

  /** Counts the calls of each method since the last reset. */
  public synchronized Map<String, Integer> calls() {
    return new TreeMap<>(calls);
  }

  public synchronized void reset() {
    calls.clear();
  }

  public int count(String... methods) {
    return List.of(methods).stream().mapToInt(name -> calls().getOrDefault(name, 0)).sum();
  }

  /** The remote, seen over this wire. */
  public Remote to(Remote remote) {
    return to(remote, Remote.class);
  }

  private <T> T to(T target, Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            Wire.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(target, method, arguments)));
  }

  private Object call(Object remote, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("features")) {
      return method.invoke(remote, arguments);
    }
    synchronized (this) {
      calls.merge(method.getName(), 1, Integer::sum);
    }
    var when =
        WRITES.contains(method.getName())
            ? fault.of(method.getName(), writes.incrementAndGet())
            : When.NEVER;
    step("before " + method.getName());
    if (when == When.BEFORE) {
      throw failing.apply("before " + method.getName());
    }
    try {
      var result = method.invoke(remote, arguments);
      if (WRITES.contains(method.getName())) {
        step("after " + method.getName());
      }
      if (when == When.AFTER) {
        throw failing.apply("after " + method.getName());
      }
      if (result instanceof Batch batch) {
        return to(batch, Batch.class);
      }
      return result instanceof InputStream in ? cut(in, readable) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static InputStream cut(InputStream in, int after) {
    return new FilterInputStream(in) {
      private int left = after;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
          throw new IOException("The wire broke.");
        }
        var count = in.read(bytes, offset, Math.min(length, left));
        left -= Math.max(0, count);
        return count;
      }
    };
  }

  private void step(String where) throws IOException, InterruptedException {
    if (steps.incrementAndGet() != lastStep) {
      return;
    }
    if (end == End.DIE) {
      var self = (int) ProcessHandle.current().pid();
      com.sun.jna.Function.getFunction("c", "kill").invokeInt(new Object[] {self, SIGKILL});
    }
    System.out.println("waiting " + where);
    System.in.read();
  }
}
