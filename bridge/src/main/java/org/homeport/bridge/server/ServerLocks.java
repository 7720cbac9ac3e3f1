package org.homeport.bridge.server;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one thread at a time work on a server, and others on other servers meanwhile. */
final class ServerLocks {
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** Does the work when nobody else works on this server any more. */
  void alone(String id, Runnable work) {
    var lock = lock(id);
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Does the work if nobody works on this server; empty, at once, if somebody does. */
  <T> Optional<T> ifFree(String id, Supplier<T> work) {
    var lock = lock(id);
    if (!lock.tryLock()) {
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      lock.unlock();
    }
  }

  private ReentrantLock lock(String id) {
    return locks.computeIfAbsent(id, missing -> new ReentrantLock(true));
  }
}
