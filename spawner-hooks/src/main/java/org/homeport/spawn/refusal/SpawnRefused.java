package org.homeport.spawn.refusal;

import java.util.Objects;

/**
 * A spawn that Homeport declines: nothing was changed that would have to be undone.
 *
 * <p>The code is stable and for programs ({@code image-not-allowed}); the message says what and
 * which; the remedy says what to do, to the person who can do it.
 */
public final class SpawnRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String remedy;

  public SpawnRefused(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public SpawnRefused(String code, String message, String remedy, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.code = Objects.requireNonNull(code);
    this.remedy = Objects.requireNonNull(remedy);
  }

  public String code() {
    return code;
  }

  public String remedy() {
    return remedy;
  }
}
