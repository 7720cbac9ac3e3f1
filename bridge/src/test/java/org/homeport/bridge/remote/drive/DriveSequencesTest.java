package org.homeport.bridge.remote.drive;

import static org.homeport.bridge.remote.drive.fake.Faults.seeded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.backup.SequencesContract;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class DriveSequencesTest extends SequencesContract {
  private static final String HOME = "/home/ada";
  private static final List<Fault> FAULTS =
      List.of(Fault.status(503), Fault.status(403), Fault.status(429), Fault.reset());

  @TempDir Path state;
  private DriveFixture fixture;
  private int folders;

  @Override
  protected Remotes remotes(Path folder) {
    try {
      fixture = new DriveFixture(state);
      return fixture::open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void closeDrive() throws IOException {
    fixture.close();
  }

  /** Drive misbehaves on the wire, or ada does something in her browser. */
  @Override
  protected void trouble() {
    if (random.nextBoolean()) {
      fail();
    } else {
      anyPath().ifPresent(this::meddle);
    }
  }

  private void fail() {
    var fault = FAULTS.get(random.nextInt(FAULTS.size()));
    for (var kind : Kind.values()) {
      fixture.drive.faults().before(kind, seeded(random.nextLong(), 0.1), fault);
      fixture.drive.faults().after(kind, seeded(random.nextLong(), 0.1), fault);
    }
  }

  private void meddle(String path) {
    var ada = fixture.ada();
    switch (random.nextInt(6)) {
      case 0 -> ada.rename(path, "renamed");
      case 1 -> ada.trash(path);
      case 2 -> {
        ada.removeForGood(path);
        forgetHistory();
      }
      case 3 -> {
        ada.makeFolder("mine " + ++folders);
        ada.move(path, "/mine " + folders);
      }
      case 4 -> {
        ada.makeFolder("mine " + ++folders);
        ada.move(path, "/mine " + folders);
        ada.trash("/mine " + folders);
      }
      default -> anyFile().ifPresent(file -> ada.edit(file, new byte[] {1, 2, 3}));
    }
  }

  @Override
  protected void endTrouble() {
    fixture.drive.faults().clear();
  }

  private Optional<String> anyPath() {
    return any(false);
  }

  private Optional<String> anyFile() {
    return any(true);
  }

  private Optional<String> any(boolean file) {
    var paths =
        fixture.ada().tree().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(HOME))
            .filter(entry -> !file || !entry.getValue().isEmpty())
            .map(Map.Entry::getKey)
            .toList();
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(paths.get(random.nextInt(paths.size())));
  }
}
