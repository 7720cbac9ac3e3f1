package org.homeport.bridge.notify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.homeport.bridge.night.Night;
import org.homeport.bridge.night.NightListener;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunListener;

/** Tells the administrator's tools of backups: all that are set, or none. */
public final class Notifications implements RunListener, NightListener, AutoCloseable {
  private final List<RunListener> ofRuns = new ArrayList<>();
  private final List<NightListener> ofNights = new ArrayList<>();
  private final List<Delivery> deliveries = new ArrayList<>();

  /** Reads the addresses; asks nothing of anybody yet. */
  public Notifications(NotifySettings settings) {
    this(settings, Delivery.Patience.USUAL);
  }

  Notifications(NotifySettings settings, Delivery.Patience patience) {
    settings.pingFile().ifPresent(file -> ofNights.add(new NightCheck(delivery(file, patience))));
    settings
        .webhookFile()
        .ifPresent(
            file -> {
              var webhook = new Webhook(delivery(file, patience), settings.webhookOn());
              ofRuns.add(webhook);
              ofNights.add(webhook);
            });
  }

  private Delivery delivery(Path file, Delivery.Patience patience) {
    try {
      var delivery = new Delivery(Receiver.read(file), patience);
      deliveries.add(delivery);
      return delivery;
    } catch (IOException e) {
      throw new UncheckedIOException("backup.notify is not set up: " + e.getMessage(), e);
    }
  }

  @Override
  public void began(Run run) {
    ofRuns.forEach(listener -> listener.began(run));
  }

  @Override
  public void ended(Run run) {
    ofRuns.forEach(listener -> listener.ended(run));
  }

  @Override
  public void nightBegan(Instant begun) {
    ofNights.forEach(listener -> listener.nightBegan(begun));
  }

  @Override
  public void nightEnded(Night night) {
    ofNights.forEach(listener -> listener.nightEnded(night));
  }

  /** Gives the last messages a moment. */
  @Override
  public void close() {
    deliveries.forEach(Delivery::close);
  }
}
