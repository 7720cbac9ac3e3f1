package org.homeport.bridge.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;

/**
 * A short mark that ties an error that a user sees to the lines of the log that explain it.
 *
 * @param value 8 hexadecimal digits
 */
public record Reference(@JsonValue String value) {
  private static final String KEY = "reference";

  public static Reference next() {
    return new Reference("%08x".formatted(ThreadLocalRandom.current().nextInt()));
  }

  /** The one that marks this thread's lines now; a new one when none does. */
  public static Reference ofThisWork() {
    return Optional.ofNullable(MDC.get(KEY)).map(Reference::new).orElseGet(Reference::next);
  }

  /** Marks every line that this thread logs during the work. */
  public <E extends Exception> void during(Work<E> work) throws E {
    var before = MDC.get(KEY);
    MDC.put(KEY, value);
    try {
      work.run();
    } finally {
      if (before == null) {
        MDC.remove(KEY);
      } else {
        MDC.put(KEY, before);
      }
    }
  }

  /** Work that may fail in its own way. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void run() throws E;
  }

  @Override
  public String toString() {
    return value;
  }
}
