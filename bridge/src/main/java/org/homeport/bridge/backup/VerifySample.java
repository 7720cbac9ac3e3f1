package org.homeport.bridge.backup;

import java.util.regex.Pattern;
import org.homeport.bridge.remote.RemoteId;

/**
 * Which files a verification reads back: part {@code part} of {@code parts}, so that as many
 * verifications together read everything. The other files are compared by what the remote says.
 *
 * @param part from 1 on; 0 reads none
 */
public record VerifySample(int part, int parts) {
  public static final VerifySample NONE = new VerifySample(0, 1);
  public static final VerifySample ALL = new VerifySample(1, 1);
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  public VerifySample {
    if (parts < 1 || part < 0 || part > parts) {
      throw new IllegalArgumentException("expected a part such as 1/30");
    }
  }

  /** Reads a part such as {@code 1/30}. */
  public static VerifySample of(String text) {
    var match = TEXT.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("expected a part such as 1/30");
    }
    return new VerifySample(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
  }

  boolean contains(RemoteId id) {
    return Math.floorMod(id.value().hashCode(), parts) + 1 == part;
  }
}
