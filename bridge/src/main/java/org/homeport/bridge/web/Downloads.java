package org.homeport.bridge.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.homeport.spawn.identity.HubUser;

/**
 * Sends what is too large to be held, on threads of its own: one download a user and a few in all,
 * so that readers who do not read hold up nobody but other downloads, and those not for long.
 */
public final class Downloads implements AutoCloseable {
  private static final int AT_ONCE = 8;

  private final Duration patience;
  private final long leastBytes;
  private final Set<HubUser> users = new HashSet<>();
  private final ScheduledThreadPoolExecutor threads =
      new ScheduledThreadPoolExecutor(AT_ONCE + 1, task -> new Thread(task, "downloads"));

  /** Writes what is downloaded, while it is made. */
  @FunctionalInterface
  public interface Source {
    void write(OutputStream out) throws IOException;
  }

  /** Breaks off downloads that take less than a megabyte a minute. */
  public Downloads() {
    this(Duration.ofMinutes(1), 1 << 20);
  }

  /**
   * @param leastBytes what a reader has to take within each period of patience
   */
  Downloads(Duration patience, long leastBytes) {
    this.patience = patience;
    this.leastBytes = leastBytes;
    threads.setRemoveOnCancelPolicy(true);
    threads.setKeepAliveTime(30, TimeUnit.SECONDS);
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Answers with a zip of a user's files, which a browser keeps under a name.
   *
   * @throws Refused when the user has one under way, or too many others do
   */
  public void send(Context ctx, HubUser user, String name, Source source) {
    begin(ctx, user);
    ctx.contentType("application/zip") // no refusal is kept under that name
        .header(Header.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
        .header(Header.CACHE_CONTROL, "no-store");
    var reference = References.of(ctx);
    ctx.future(
        () ->
            CompletableFuture.runAsync(() -> reference.during(() -> write(ctx, source)), threads)
                .whenComplete((sent, error) -> end(user)));
  }

  private synchronized void begin(Context ctx, HubUser user) {
    if (users.contains(user)) {
      throw new Refused(
          429,
          "download-under-way",
          "The files of " + user + " are being downloaded already.",
          "Wait until that download ends, or cancel it.");
    }
    if (users.size() == AT_ONCE) {
      ctx.header("Retry-After", "60");
      throw new Refused(
          503,
          "too-many-downloads",
          "Too many people download their files at the moment.",
          "Try again in a minute.");
    }
    users.add(user);
  }

  private synchronized void end(HubUser user) {
    users.remove(user);
  }

  private void write(Context ctx, Source source) {
    try {
      var out = new Counted(ctx.res().getOutputStream());
      var watch =
          threads.scheduleAtFixedRate(
              () -> out.demandProgress(ctx),
              patience.toMillis(),
              patience.toMillis(),
              TimeUnit.MILLISECONDS);
      try {
        source.write(out);
      } finally {
        watch.cancel(false);
      }
      out.close(); // what fails gets no end, so that nobody takes a part for the whole
    } catch (IOException | RuntimeException e) {
      breakOff(ctx);
      throw e instanceof RuntimeException unchecked
          ? unchecked
          : new UncheckedIOException((IOException) e);
    }
  }

  private static void breakOff(Context ctx) {
    if (ctx.res().isCommitted()) {
      ServletContextRequest.getServletContextRequest(ctx.req())
          .getConnectionMetaData()
          .getConnection()
          .getEndPoint()
          .close();
    } else {
      ctx.res().reset(); // for the answer that says why
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Counts what the reader takes. */
  private final class Counted extends FilterOutputStream {
    private final AtomicLong taken = new AtomicLong();

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
      taken.incrementAndGet();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      taken.addAndGet(length);
    }

    private void demandProgress(Context ctx) {
      if (taken.getAndSet(0) < leastBytes) {
        breakOff(ctx);
      }
    }
  }
}
