package org.homeport.bridge.api;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.EngineUnavailable;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.web.Explanation;
import org.homeport.bridge.web.Refused;
import org.homeport.spawn.refusal.SpawnRefused;

/** Gives each exception of the features its HTTP status, and the field of the request at fault. */
public final class Explanations implements Explanation {

  /** The status of a refused spawn, and the field of the request that it is about. */
  private record Meaning(int status, String field) {}

  /** Any other refusal is a conflict with the current state of the host. */
  private static final Meaning CONFLICT = new Meaning(409, null);

  private static final Map<String, Meaning> REFUSALS =
      Map.ofEntries(
          entry("bad-user-name", new Meaning(400, "user")),
          entry("bad-server-name", new Meaning(400, "serverName")),
          entry("bad-image-name", new Meaning(400, "image")),
          entry("bad-limit", new Meaning(400, "limits")),
          entry("image-not-allowed", new Meaning(403, "image")),
          entry("account-not-allowed", new Meaning(403, "user")),
          entry("account-missing", new Meaning(409, "user")),
          entry("image-missing", new Meaning(409, "image")),
          entry("image-unavailable", new Meaning(409, "image")),
          entry("accounts-unavailable", new Meaning(503, null)),
          entry("unknown-user", new Meaning(404, "user")),
          entry("unknown-backup", new Meaning(404, null)),
          entry("nothing-saved", new Meaning(404, "path")),
          entry("bad-path", new Meaning(400, "path")));

  @Override
  public Optional<Refused> of(Exception e) {
    if (e instanceof SpawnRefused spawn) {
      return Optional.of(spawn(spawn));
    }
    if (e instanceof RemoteFailure remote) {
      return Optional.of(remote(remote));
    }
    if (e instanceof EngineUnavailable) {
      return Optional.of(
          new Refused(
              503,
              "engine-unavailable",
              e.getMessage(),
              "Running servers keep running. Try again in a moment; 'homeport doctor' tells"
                  + " more."));
    }
    if (e instanceof EngineRejected) {
      return Optional.of(
          new Refused(
              500,
              "engine-rejected",
              e.getMessage(),
              "Ask the administrator; the engine's own log tells more."));
    }
    return Optional.empty();
  }

  private static Refused spawn(SpawnRefused e) {
    var meaning = REFUSALS.getOrDefault(e.code(), CONFLICT);
    return new Refused(meaning.status(), e.code(), e.getMessage(), e.remedy(), meaning.field());
  }

  private static Refused remote(RemoteFailure e) {
    return e instanceof RemoteUnavailable
        ? new Refused(503, "remote-unavailable", e.getMessage(), "Try again in a moment.")
        : new Refused(
            502, "remote-rejected", e.getMessage(), "Ask the administrator, or connect again.");
  }
}
