package org.homeport.bridge.remote.drive;

import com.google.api.client.http.HttpResponseException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteUnavailable;

/** Makes the calls of one account at the pace that Drive accepts, and explains their failures. */
final class DriveCalls {
  /** One request to Drive. */
  @FunctionalInterface
  interface Call<T> {
    T run() throws IOException;
  }

  private final Pace account;
  private final Pace project;
  private final Function<NeedsReconnect, RemoteFailure> onRevoked;
  private volatile RemoteFailure revoked;

  /**
   * @param onRevoked told when Google says that the grant has ended, and says what that means
   */
  DriveCalls(Pace account, Pace project, Function<NeedsReconnect, RemoteFailure> onRevoked) {
    this.account = account;
    this.project = project;
    this.onRevoked = onRevoked;
  }

  /** The number of writes that may be sent in one batch. */
  int writesAtOnce() {
    return account.burst();
  }

  <T> T ask(Call<T> call) {
    return ask(call, refusal -> false).orElseThrow();
  }

  /** The answer; empty when Drive refuses in a way that the caller expects. */
  <T> Optional<T> ask(Call<T> call, Predicate<Refusal> expected) {
    project.take(1);
    return run(call, expected);
  }

  <T> T write(Call<T> call) {
    return write(1, call, refusal -> false).orElseThrow();
  }

  <T> Optional<T> write(Call<T> call, Predicate<Refusal> expected) {
    return write(1, call, expected);
  }

  /** Makes one request that holds so many writes. */
  <T> T write(int writes, Call<T> call) {
    return write(writes, call, refusal -> false).orElseThrow();
  }

  private <T> Optional<T> write(int writes, Call<T> call, Predicate<Refusal> expected) {
    account.take(writes);
    project.take(writes);
    var result = run(call, expected);
    account.accepted();
    return result;
  }

  /** The failure that a refusal within a batch means; slows down when it was for the rate. */
  RemoteFailure failure(Refusal refusal, Throwable cause) {
    var failure = refusal.failure(cause);
    // A run that would have to wait too long ends at once, with all that it has under way.
    var rest =
        failure instanceof RemoteUnavailable unavailable && unavailable.isTooLong()
            ? Duration.ZERO
            : refusal.retryAfter();
    if (refusal.isForTheProjectsRate()) {
      project.refused(rest);
    } else if (refusal.isForTheAccountsRate()) {
      account.refused(rest);
    }
    return failure;
  }

  private <T> Optional<T> run(Call<T> call, Predicate<Refusal> expected) {
    if (revoked != null) {
      throw revoked;
    }
    try {
      var result = call.run();
      project.accepted();
      return Optional.of(result);
    } catch (HttpResponseException e) {
      var refusal = Refusal.of(e);
      if (expected.test(refusal)) {
        return Optional.empty();
      }
      throw failure(refusal, e);
    } catch (IOException e) {
      throw GoogleTokens.refusal(e)
          .map(this::ended)
          .orElseGet(() -> new RemoteUnavailable("Google Drive does not answer.", e));
    }
  }

  private RemoteFailure ended(RemoteFailure refusal) {
    if (refusal instanceof NeedsReconnect ended) {
      revoked = onRevoked.apply(ended);
      return revoked;
    }
    return refusal;
  }
}
