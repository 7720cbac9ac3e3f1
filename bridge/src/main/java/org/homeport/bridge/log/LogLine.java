package org.homeport.bridge.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.util.Locale;

/**
 * Writes an event as one line of {@code key=value} pairs: time, level, what the thread works on
 * (the reference that the user's error shows), the message, the logger, and the stack trace.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  @Override
  public String doLayout(ILoggingEvent event) {
    var line = new StringBuilder(160);
    pair(line, "time", event.getInstant().toString());
    pair(line, "level", event.getLevel().toString().toLowerCase(Locale.ROOT));
    event.getMDCPropertyMap().forEach((key, value) -> pair(line, key, value));
    pair(line, "message", event.getFormattedMessage());
    pair(line, "logger", event.getLoggerName());
    if (event.getThrowableProxy() != null) {
      pair(line, "error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.append('\n').toString();
  }

  private static void pair(StringBuilder line, String key, String value) {
    if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(key).append('=');
    if (!value.isEmpty() && value.chars().allMatch(LogLine::isPlain)) {
      line.append(value);
    } else {
      line.append('"');
      value.chars().forEach(c -> appendQuoted(line, (char) c));
      line.append('"');
    }
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c != '"' && c != '=' && c != '\\' && c < 0x7f;
  }

  // A user's name or a file's name may hold a line break: it must not look like a line of ours.
  private static void appendQuoted(StringBuilder line, char c) {
    switch (c) {
      case '"' -> line.append("\\\"");
      case '\\' -> line.append("\\\\");
      case '\n' -> line.append("\\n");
      case '\t' -> line.append("\\t");
      default -> {
        if (Character.isISOControl(c)) {
          line.append("\\u%04x".formatted((int) c));
        } else {
          line.append(c);
        }
      }
    }
  }
}
