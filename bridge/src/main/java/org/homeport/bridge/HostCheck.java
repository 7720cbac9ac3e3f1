package org.homeport.bridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;

/** Looks at the process itself: its Java, and what the kernel lets it do. */
final class HostCheck implements Check {
  /** The capabilities for acting as a home's owner and for giving a new home to one, by bit. */
  private static final Map<Integer, String> CAPABILITIES =
      new TreeMap<>(Map.of(0, "CAP_CHOWN", 6, "CAP_SETGID", 7, "CAP_SETUID"));

  @Override
  public void look(Findings findings) {
    findings.ok("java", Runtime.version().toString());
    var own = ownCapabilities();
    var missing =
        CAPABILITIES.entrySet().stream()
            .filter(capability -> (own >> capability.getKey() & 1) == 0)
            .map(Map.Entry::getValue)
            .toList();
    if (missing.isEmpty()) {
      findings.ok("root", "may act as the owner of each home");
    } else {
      findings.wrong("root", "lacks " + String.join(", ", missing), "Run it as root: sudo …");
    }
  }

  private static long ownCapabilities() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("CapEff:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
