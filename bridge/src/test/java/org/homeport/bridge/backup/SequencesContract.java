package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.bridge.backup.BackupBed.HOME;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.homeport.bridge.backup.Restores.Request;
import org.homeport.bridge.backup.Wire.When;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of edits, faults, kills and runs: whenever a backup says that it is done, the
 * remote holds the home as it is, and a restore brings back each state that was saved. The seed
 * decides everything, so that a sequence that fails can be repeated.
 */
public abstract class SequencesContract {
  protected static final int SEQUENCES = 500;
  private static final int WORLDS = 20;
  private static final int NIGHTS = 20;

  @TempDir Path folder;
  protected BackupBed bed;
  protected Random random;
  private RandomEdits edits;
  private final Map<Long, Map<String, String>> history = new TreeMap<>();

  protected abstract Remotes remotes(Path folder);

  /** Lets something go wrong, or somebody meddle, before the next run. */
  protected abstract void trouble();

  /** Ends what goes wrong by itself. */
  protected abstract void endTrouble();

  /** Damages what is saved so that only reading can tell; returns how to undo it. */
  protected Optional<Runnable> damage() {
    return Optional.empty();
  }

  /** Forgets earlier states, of which somebody removed a part permanently. */
  protected final void forgetHistory() {
    history.clear();
  }

  @AfterEach
  void closeBed() {
    bed.close();
  }

  static IntStream worlds() {
    return IntStream.range(0, WORLDS);
  }

  @ParameterizedTest
  @MethodSource("worlds")
  void whatABackupSaysIsTrue(int seed) {
    random = new Random(seed);
    bed = new BackupBed(folder, remotes(folder.resolve("far-end")));
    edits = new RandomEdits(bed.home(), random);
    for (var number = 0; number < SEQUENCES / WORLDS; number++) {
      var run = sequence();
      history.put(run.number(), bed.home().state());
      if (number % 6 == 5) {
        assertVerified();
        assertRestored();
        damage().ifPresent(this::assertFound);
      }
    }
    assertVerified();
  }

  /** Edits the home, has some trouble while it is saved, and saves it until that is done. */
  private Run sequence() {
    edits.some();
    something();
    var run = tryToBackUp();
    bed.wire().mend();
    endTrouble();
    assertTrueIfDone(run);
    for (var night = 0; run.isEmpty() || run.get().status() != Status.DONE; night++) {
      assertThat(night).as("nights until a backup is done: %s", run).isLessThan(NIGHTS);
      run = tryToBackUp();
    }
    assertTrueIfDone(run);
    return run.get();
  }

  private void something() {
    switch (random.nextInt(10)) {
      case 0, 1 -> breakWire();
      case 2 -> killSoon();
      case 3 -> bed.restart();
      case 4 -> {
        bed.loseDatabase();
        forgetHistory();
      }
      case 5, 6, 7 -> trouble();
      default -> {
        // All goes well.
      }
    }
  }

  private void breakWire() {
    var chance = new Random(random.nextLong());
    bed.wire()
        .breakWith(
            (call, number) -> {
              synchronized (chance) {
                var dice = chance.nextInt(10);
                return dice == 0 ? When.BEFORE : dice == 1 ? When.AFTER : When.NEVER;
              }
            });
  }

  /** From some write on, nothing works any more, as for a process that is dead. */
  private void killSoon() {
    var last = random.nextInt(12);
    var when = random.nextBoolean() ? When.BEFORE : When.AFTER;
    bed.wire()
        .breakWith((call, number) -> number > last ? when : When.NEVER, where -> new Killed());
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Optional<Run> tryToBackUp() {
    try {
      return Optional.of(bed.backUpWithConsent());
    } catch (Killed e) {
      bed.restart();
      return Optional.empty();
    }
  }

  private void assertTrueIfDone(Optional<Run> run) {
    if (run.isEmpty() || run.get().status() != Status.DONE) {
      run.ifPresent(ended -> assertThat(said(ended)).isNotEmpty());
      return;
    }
    var saved = new TreeMap<String, String>();
    try (var remote = bed.farEnd()) {
      bed.objects(remote).forEach((path, object) -> saved.put(path, content(object)));
    }
    assertThat(saved).isEqualTo(edits.contents());
  }

  private static List<String> said(Run run) {
    var said = new ArrayList<String>();
    run.report().skipped().forEach(skipped -> said.add(skipped.detail()));
    Optional.of(run.report().message()).filter(text -> !text.isEmpty()).ifPresent(said::add);
    return said;
  }

  private static String content(RemoteObject object) {
    return object.content().map(content -> content.md5().hex()).orElse("");
  }

  private void assertVerified() {
    var run = bed.verifications().verify(HOME, "test", VerifySample.ALL);
    assertThat(run.status()).as("%s", run.report()).isEqualTo(Status.DONE);
  }

  /** Any state that was saved comes back into a folder of its own, byte by byte. */
  private void assertRestored() {
    var runs = List.copyOf(history.keySet());
    var number = runs.get(random.nextInt(runs.size()));
    var request =
        new Request("test", new RestorePoint.OfRun(number), "", Optional.of(RandomEdits.RESTORED));
    var run = bed.restores().restore(HOME, request);
    assertThat(run.status()).as("%s", run.report()).isEqualTo(Status.DONE);
    assertThat(bed.home().state(RandomEdits.RESTORED)).isEqualTo(history.get(number));
    bed.home().delete(RandomEdits.RESTORED);
  }

  private void assertFound(Runnable repair) {
    var run = bed.verifications().verify(HOME, "test", VerifySample.ALL);
    assertThat(run.status()).isEqualTo(Status.PARTIAL);
    assertThat(run.report().skipped()).hasSize(1);
    repair.run();
    assertVerified();
  }
}
