package org.homeport.bridge.remote.drive.fake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;

/** A content on its way out of the fake Drive: whole or a range of it, and as broken as asked. */
final class Media {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Map<String, String> TYPE =
      Map.of("Content-Type", "application/octet-stream");

  private Media() {}

  static Answer answer(Call call, Blob blob, Faults.Fate fate) throws IOException {
    var range = RANGE.matcher(call.header("range"));
    if (!range.matches()) {
      return new Answer(200, TYPE, body(blob, 0, fate), blob.size());
    }
    var from = Long.parseLong(range.group(1));
    var to = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    to = Math.min(to, blob.size() - 1);
    if (from > to) {
      throw new DriveProblem(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
    }
    return new Answer(206, TYPE, body(blob, from, fate), to - from + 1)
        .with(Map.of("Content-Range", "bytes " + from + "-" + to + "/" + blob.size()));
  }

  private static InputStream body(Blob blob, long from, Faults.Fate fate) throws IOException {
    return new FilterInputStream(blob.open(from)) {
      private long left = fate.cutAfter();
      private boolean flip = fate.flip();

      @Override
      public int read(byte[] into, int at, int most) throws IOException {
        if (left == 0) {
          throw new Disconnected();
        }
        var count = super.read(into, at, (int) Math.min(most, left));
        left -= Math.max(0, count);
        if (flip && count > 0) {
          into[at] ^= 1;
          flip = false;
        }
        return count;
      }
    };
  }
}
