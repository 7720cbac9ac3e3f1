package org.homeport.bridge.remote;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedRunnable;
import dev.failsafe.function.CheckedSupplier;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Retries calls that ended in {@link RemoteUnavailable}, with growing pauses, and looks before it
 * sends a content again: the call that seemed to fail may have been carried out.
 */
public final class RetryingRemote implements Remote {
  private final Remote remote;
  private final FailsafeExecutor<Object> retries;

  /**
   * Limits of the retries.
   *
   * @param first pause; each further one is twice as long, up to {@code longest}
   */
  public record Patience(int attempts, Duration first, Duration longest) {
    public static final Patience USUAL =
        new Patience(8, Duration.ofMillis(500), Duration.ofSeconds(32));

    public Patience {
      if (attempts < 1 || first.isNegative() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException(
            "These are not limits of retries: " + attempts + " " + first);
      }
    }
  }

  public RetryingRemote(Remote remote, Patience patience) {
    this(remote, patience, Waiting.UNNOTICED);
  }

  /**
   * @param waiting told of each pause
   */
  public RetryingRemote(Remote remote, Patience patience, Waiting waiting) {
    this.remote = remote;
    this.retries = Failsafe.with(policy(patience, waiting));
  }

  private static RetryPolicy<Object> policy(Patience patience, Waiting waiting) {
    return RetryPolicy.builder()
        .handleIf(e -> e instanceof RemoteUnavailable failure && !failure.isTooLong())
        .onRetryScheduled(
            event -> waiting.begins(event.getDelay(), (RemoteUnavailable) event.getLastException()))
        .withMaxAttempts(patience.attempts())
        .withDelayFnOn(RetryingRemote::askedFor, RemoteUnavailable.class)
        .withBackoff(patience.first(), patience.longest())
        .withJitter(0.2)
        .build();
  }

  /** The pause that the remote asks for; a negative one means the usual one. */
  private static Duration askedFor(ExecutionContext<Object> context) {
    RemoteUnavailable failure = context.getLastException();
    return failure.retryAfter().isZero() ? Duration.ofNanos(-1) : failure.retryAfter();
  }

  @Override
  public Set<RemoteFeature> features() {
    return remote.features();
  }

  @Override
  public RemoteId top() {
    return retry(remote::top);
  }

  @Override
  public List<RemoteId> reserveIds(int count) {
    return retry(() -> remote.reserveIds(count));
  }

  @Override
  public void createFolders(List<NewFolder> folders) {
    retry(() -> remote.createFolders(folders));
  }

  @Override
  public RemoteObject create(NewFile file, Content content) {
    return send(file.id(), content, () -> remote.create(file, content));
  }

  @Override
  public RemoteObject update(NewFile file, Content content) {
    return send(file.id(), content, () -> remote.update(file, content));
  }

  private RemoteObject send(RemoteId id, Content content, CheckedSupplier<RemoteObject> call) {
    var sent = new AtomicBoolean();
    return retry(
        () -> {
          if (sent.getAndSet(true)) {
            var arrived = remote.find(id).filter(object -> object.holds(content.md5()));
            if (arrived.isPresent()) {
              return arrived.get();
            }
          }
          return call.get();
        });
  }

  @Override
  public Batch batch() {
    return features().contains(RemoteFeature.COMMITS_TOGETHER)
        ? retrying(remote.batch())
        : new DirectBatch(this);
  }

  private Batch retrying(Batch batch) {
    return new Batch() {
      @Override
      public void create(NewFile file, Content content) {
        retry(() -> batch.create(file, content));
      }

      @Override
      public void update(NewFile file, Content content) {
        retry(() -> batch.update(file, content));
      }

      @Override
      public Map<RemoteId, Outcome> commit() {
        return RetryingRemote.this.retry(batch::commit);
      }
    };
  }

  @Override
  public RemoteObject move(RemoteId id, RemoteId parent, String name) {
    return retry(() -> remote.move(id, parent, name));
  }

  /** Repeats only what failed. */
  @Override
  public Map<RemoteId, RemoteFailure> trash(Collection<RemoteId> ids) {
    var left = new LinkedHashMap<RemoteId, RemoteFailure>();
    ids.forEach(id -> left.put(id, null));
    try {
      retry(() -> trashSome(left));
    } catch (RemoteUnavailable e) {
      left.replaceAll((id, failure) -> failure == null ? e : failure);
    }
    return left;
  }

  private void trashSome(Map<RemoteId, RemoteFailure> left) {
    var failures = remote.trash(List.copyOf(left.keySet()));
    left.clear();
    left.putAll(failures);
    for (var failure : failures.values()) {
      if (failure instanceof RemoteUnavailable) {
        throw failure;
      }
    }
  }

  @Override
  public RemoteObject untrash(RemoteId id) {
    return retry(() -> remote.untrash(id));
  }

  @Override
  public Optional<RemoteObject> find(RemoteId id) {
    return retry(() -> remote.find(id));
  }

  @Override
  public List<RemoteRevision> revisions(RemoteId id) {
    return retry(() -> remote.revisions(id));
  }

  @Override
  public void keep(RemoteId id, String version) {
    retry(
        () -> {
          remote.keep(id, version);
          return null;
        });
  }

  @Override
  public InputStream read(RemoteId id, String version, long from) {
    return retry(() -> remote.read(id, version, from));
  }

  @Override
  public String changeToken() {
    return retry(remote::changeToken);
  }

  @Override
  public void takeStock() {
    retry(remote::takeStock);
  }

  @Override
  public RemoteChanges changesSince(String token) {
    return retry(() -> remote.changesSince(token));
  }

  /** Hands over nothing twice, also when a broken listing is begun again. */
  @Override
  public void everythingTagged(String key, String value, Consumer<RemoteObject> consumer) {
    var handed = new HashSet<RemoteId>();
    retry(
        () ->
            remote.everythingTagged(
                key,
                value,
                object -> {
                  if (handed.add(object.id())) {
                    consumer.accept(object);
                  }
                }));
  }

  @Override
  public RemoteUsage usage() {
    return retry(remote::usage);
  }

  @Override
  public void close() {
    remote.close();
  }

  private void retry(CheckedRunnable call) {
    retry(
        () -> {
          call.run();
          return null;
        });
  }

  private <T> T retry(CheckedSupplier<T> call) {
    try {
      return retries.get(call);
    } catch (FailsafeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw new RemoteUnavailable("Stopped while waiting for the remote.", e);
      }
      throw e;
    }
  }
}
