package org.homeport.bridge.backup;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The way to a remote: counts the calls, and lets them fail before or after they are carried out.
 */
public final class Wire {
  private static final Set<String> WRITES =
      Set.of("createFolders", "create", "update", "move", "trash", "untrash");

  private final Map<String, Integer> calls = new TreeMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private volatile Function<String, RuntimeException> failing;
  private volatile What what = What.FAIL;
  private volatile Fault fault = (call, number) -> When.NEVER;

  /** When something happens to a call. */
  public enum When {
    NEVER,
    BEFORE,
    AFTER
  }

  /** What happens to it. */
  private enum What {
    /** The caller hears that it failed. */
    FAIL,
    /** The process dies, as by kill -9. */
    DIE,
    /** The process stands still until a byte comes in. */
    WAIT
  }

  /** Decides whether a write fails; each is asked about once, with its number from 1 on. */
  public interface Fault {
    When of(String call, int number);
  }

  public void breakWith(Fault other) {
    breakWith(other, where -> new RemoteUnavailable("The wire broke " + where, null));
  }

  /** Fails as the far end itself does. */
  public void breakWith(Fault other, Function<String, RuntimeException> failure) {
    writes.set(0);
    fault = other;
    failing = failure;
    what = What.FAIL;
  }

  /** This process dies in the middle of a call. */
  public void dieWith(Fault other) {
    breakWith(other);
    what = What.DIE;
  }

  /** This process stands still in the middle of a call, until a byte comes in. */
  public void waitWith(Fault other) {
    breakWith(other);
    what = What.WAIT;
  }

  public void mend() {
    breakWith((call, number) -> When.NEVER);
  }

  /** How often each method was called since the last reset. */
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
  public BackupRemote to(BackupRemote remote) {
    return (BackupRemote)
        Proxy.newProxyInstance(
            Wire.class.getClassLoader(),
            new Class<?>[] {BackupRemote.class},
            (proxy, method, arguments) -> call(remote, method, arguments));
  }

  private Object call(BackupRemote remote, Method method, Object[] arguments) throws Throwable {
    synchronized (this) {
      calls.merge(method.getName(), 1, Integer::sum);
    }
    var when =
        WRITES.contains(method.getName())
            ? fault.of(method.getName(), writes.incrementAndGet())
            : When.NEVER;
    if (when == When.BEFORE) {
      happen("before " + method.getName());
    }
    try {
      var result = method.invoke(remote, arguments);
      if (when == When.AFTER) {
        happen("after " + method.getName());
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void happen(String where) throws IOException, InterruptedException {
    switch (what) {
      case FAIL -> throw failing.apply(where);
      case WAIT -> {
        System.out.println("waiting " + where);
        System.in.read();
      }
      case DIE -> {
        var self = Long.toString(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-9", self).start();
        new CountDownLatch(1).await();
      }
    }
  }
}
