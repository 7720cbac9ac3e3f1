package org.homeport.bridge.environment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.image.ImagePolicy;
import org.homeport.spawn.text.Spelling;

/** The environments that an administrator fetches ahead of the users: how far, and how it went. */
public final class Pulls {
  private static final int REMEMBERED = 100;

  private final Images images;
  private final ImagePolicy policy;
  private final Clock clock;
  private final Map<ImageName, Pull> pulls =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageName, Pull> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** The state of a fetch, under way or ended. */
  public enum State {
    RUNNING,
    DONE,
    FAILED;

    @JsonValue
    @Override
    public String toString() {
      return Spelling.of(this);
    }
  }

  /**
   * One fetch.
   *
   * @param done bytes of the layers known so far
   * @param total bytes of these layers; 0 while nobody can tell
   * @param message what went wrong; empty when nothing did
   * @param since when it came into this state
   */
  public record Pull(
      ImageName image, State state, long done, long total, String message, Instant since) {
    Pull at(long nowDone, long nowTotal) {
      return new Pull(image, state, nowDone, nowTotal, message, since);
    }

    Pull ended(State how, String why, Instant now) {
      return new Pull(image, how, done, total, why, now);
    }
  }

  public Pulls(Images images, ImagePolicy policy, Clock clock) {
    this.images = images;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * Begins to fetch an environment, or to fetch it anew; returns at once, with the one under way
   * when there is one.
   *
   * @throws org.homeport.spawn.refusal.SpawnRefused when the image is not allowed
   */
  public synchronized Pull start(ImageName name) {
    policy.check(name);
    var known = pulls.get(name);
    if (known != null && known.state() == State.RUNNING) {
      return known;
    }
    var begun = new Pull(name, State.RUNNING, 0, 0, "", clock.instant());
    pulls.remove(name);
    pulls.put(name, begun);
    images
        .pull(name, (phase, done, total, message) -> progress(name, done, total))
        .whenComplete((image, failure) -> end(name, failure));
    return begun;
  }

  /** Those under way and the last ones that ended, the newest first. */
  public synchronized List<Pull> list() {
    var list = new ArrayList<>(pulls.values());
    Collections.reverse(list);
    return list;
  }

  private synchronized void progress(ImageName name, long done, long total) {
    pulls.computeIfPresent(name, (same, pull) -> pull.at(done, total));
  }

  private synchronized void end(ImageName name, Throwable failure) {
    var how = failure == null ? State.DONE : State.FAILED;
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    var why = cause == null ? "" : cause.getMessage();
    pulls.computeIfPresent(name, (same, pull) -> pull.ended(how, why, clock.instant()));
  }
}
