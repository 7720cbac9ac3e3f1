package org.homeport.bridge.pages;

import java.io.UncheckedIOException;
import org.homeport.bridge.check.Check;
import org.homeport.bridge.check.Findings;

/** Looks whether hub and bridge can share the token by which people are signed in. */
public record HubCheck(HubSettings hub) implements Check {
  private static final String FIX = "Put the token there that the hub and the bridge share.";

  @Override
  public void look(Findings findings) {
    try {
      if (hub.token().get().isEmpty()) {
        findings.wrong("hub", "hub.token-file is empty", FIX);
      } else {
        findings.ok("hub", "signs people in to the pages below " + hub.prefix());
      }
    } catch (UncheckedIOException e) {
      findings.wrong("hub", e.getMessage(), FIX);
    }
  }
}
