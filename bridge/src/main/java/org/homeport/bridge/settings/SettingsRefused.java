package org.homeport.bridge.settings;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The settings cannot be used; the message lists every problem, each with its file and line. */
public final class SettingsRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One thing to fix.
   *
   * @param line counted from 1
   * @param message which key is wrong, how, and what is expected
   */
  record Problem(int line, String message) {}

  SettingsRefused(Path file, List<Problem> problems) {
    super(
        String.join(
            "\n",
            problems.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(problem -> file + ":" + problem.line() + ": " + problem.message())
                .toList()));
  }

  SettingsRefused(String message, Throwable cause) {
    super(message, cause);
  }
}
