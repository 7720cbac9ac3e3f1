package org.homeport.bridge.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to a remote: counts the calls, and lets them fail before or after they are carried out.
 */
public final class Wire {
  private static final Set<String> WRITES =
      Set.of("createFolders", "create", "update", "move", "trash", "untrash");

  private final Map<String, Integer> calls = new TreeMap<>();
  private final AtomicInteger writes = new AtomicInteger();
  private volatile Fault fault = (call, number) -> When.NEVER;

  /** When a call fails. */
  public enum When {
    NEVER,
    BEFORE,
    AFTER
  }

  /** Decides whether a write fails; each is asked about once, with its number from 1 on. */
  public interface Fault {
    When of(String call, int number);
  }

  public void breakWith(Fault other) {
    writes.set(0);
    fault = other;
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
      throw new RemoteUnavailable("The wire broke before " + method.getName(), null);
    }
    try {
      var result = method.invoke(remote, arguments);
      if (when == When.AFTER) {
        throw new RemoteUnavailable("The wire broke after " + method.getName(), null);
      }
      return result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
