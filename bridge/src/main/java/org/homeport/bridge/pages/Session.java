package org.homeport.bridge.pages;

import java.time.Instant;
import java.util.Objects;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;

/**
 * A browser in which somebody is signed in.
 *
 * @param isAdministrator of Homeport
 * @param token the hub's, which never leaves the bridge
 * @param hubSession the hub's own mark of the browser, which changes as somebody signs out there
 * @param csrf what every form has to send, since no page from elsewhere can know it
 * @param drive names this browser to whoever sends it to Google and back
 * @param checked when the hub was last asked whether all this is still so
 */
record Session(
    HubUser user,
    boolean isAdministrator,
    Secret token,
    String hubSession,
    Secret csrf,
    Secret drive,
    Instant begun,
    Instant checked) {
  Session {
    Objects.requireNonNull(user);
    Objects.requireNonNull(token);
    Objects.requireNonNull(hubSession);
  }

  Session confirmed(boolean administrator, Instant now) {
    return new Session(user, administrator, token, hubSession, csrf, drive, begun, now);
  }
}
