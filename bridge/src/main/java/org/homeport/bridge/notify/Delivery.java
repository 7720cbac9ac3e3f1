package org.homeport.bridge.notify;

import java.io.IOException;
import java.net.Authenticator;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages to one receiver, in order, beside the work that they are about: a receiver that is
 * slow or away costs messages, never a backup.
 */
final class Delivery implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final int MOST_WAITING = 1000;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  /**
   * The time for which a message is worth a retry.
   *
   * @param pause before the second try; each later one is three times as long
   */
  record Patience(int tries, Duration pause, Duration timeout) {
    static final Patience USUAL = new Patience(4, Duration.ofSeconds(2), Duration.ofSeconds(10));
  }

  private final Receiver receiver;
  private final Patience patience;
  private final ThreadPoolExecutor thread;
  private HttpClient http;

  Delivery(Receiver receiver, Patience patience) {
    this.receiver = receiver;
    this.patience = patience;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Delivery::daemon,
            (message, full) -> log.warn("{} is not told: too many messages wait.", receiver));
    thread.allowCoreThreadTimeOut(true);
  }

  /**
   * Sends it soon; returns at once.
   *
   * @param more the end of the path, below the receiver's address
   */
  void post(String more, String contentType, String body) {
    var request =
        HttpRequest.newBuilder(receiver.at(more))
            .timeout(patience.timeout())
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofString(body))
            .build();
    thread.execute(() -> deliver(request));
  }

  /** Gives what is under way a moment. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.shutdownNow();
  }

  private void deliver(HttpRequest request) {
    try {
      var pause = patience.pause();
      for (var tries = 1; !arrives(request, tries == patience.tries()); tries++) {
        Thread.sleep(pause.toMillis());
        pause = pause.multipliedBy(3);
      }
    } catch (InterruptedException e) {
      log.warn("{} was not told: Homeport stops.", receiver);
    }
  }

  /** Whether nothing is left to do: it arrived, or never will. */
  private boolean arrives(HttpRequest request, boolean last) throws InterruptedException {
    String trouble;
    try {
      var status = client().send(request, BodyHandlers.discarding()).statusCode();
      if (status / 100 == 2) {
        return true;
      }
      trouble = "it answers " + status;
      if (status < 500 && status != TOO_MANY_REQUESTS) {
        log.warn("{} was not told: {}. Check the address in its file.", receiver, trouble);
        return true;
      }
    } catch (IOException e) {
      // Its message may hold the address.
      trouble = e.getClass().getSimpleName();
    }
    if (last) {
      log.warn("{} was not told after {} tries: {}.", receiver, patience.tries(), trouble);
    }
    return last;
  }

  /** Made by the first message, not by the start of the bridge. */
  private HttpClient client() {
    if (http == null) {
      var builder = HttpClient.newBuilder().connectTimeout(patience.timeout());
      Optional.ofNullable(Authenticator.getDefault()).ifPresent(builder::authenticator);
      http = builder.build();
    }
    return http;
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "notify");
    thread.setDaemon(true);
    return thread;
  }
}
