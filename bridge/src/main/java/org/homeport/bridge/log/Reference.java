package org.homeport.bridge.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.MDC;

/**
 * A short mark that ties an error that a user sees to the lines of the log that explain it.
 *
 * @param value 8 hexadecimal digits
 */
public record Reference(@JsonValue String value) {
  public static final String KEY = "reference";

  public static Reference next() {
    return new Reference("%08x".formatted(ThreadLocalRandom.current().nextInt()));
  }

  /** Marks every line that this thread logs until the scope is closed. */
  public Scope inLog() {
    var closeable = MDC.putCloseable(KEY, value);
    return closeable::close;
  }

  /** Ends the marking; never throws. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public String toString() {
    return value;
  }
}
