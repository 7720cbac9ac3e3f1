package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Skipped;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup never says more than is true: after any fault of the storage a run either fails with
 * words, or a verification that reads everything and a restore agree with the home byte by byte.
 */
public abstract class TruthContract {
  private static final int SEQUENCES = 500;
  private static final int SEQUENCES_OF_A_HOME = 50;

  @TempDir protected Path place;

  /** Storage that can be damaged by hand. */
  public interface Storage extends AutoCloseable {
    Remotes remotes();

    /** The faults that can happen to it. */
    List<Fault> faults();

    @Override
    void close();
  }

  /**
   * Something that happens to storage without Homeport.
   *
   * @param isSilent whether only reading can find it, so that a backup may be done in spite of it
   * @param undo what its owner does about it, if anything
   */
  public record Fault(String name, boolean isSilent, Action happen, Optional<Action> undo) {

    /** A change by hand. */
    public interface Action {
      void run() throws Exception;
    }

    /** One that shows as soon as somebody looks. */
    public static Fault open(String name, Action happen) {
      return new Fault(name, false, happen, Optional.empty());
    }

    /** One that only reading finds. */
    public static Fault silent(String name, Action happen) {
      return new Fault(name, true, happen, Optional.empty());
    }

    public Fault undoneBy(Action action) {
      return new Fault(name, isSilent, happen, Optional.of(action));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void letEverybodyPass() throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Empty storage. */
  protected abstract Storage storage(Path place) throws Exception;

  @TestFactory
  Stream<DynamicTest> afterAnyFaultARunFailsWithWordsOrIsTrue() throws Exception {
    List<String> names;
    try (var storage = storage(Files.createDirectory(place.resolve("names")))) {
      names = storage.faults().stream().map(Fault::name).toList();
    }
    return names.stream().map(name -> dynamicTest(name, () -> suffer(name)));
  }

  private void suffer(String name) throws Exception {
    var folder = Files.createDirectory(place.resolve(name.replace(' ', '-')));
    try (var storage = storage(folder);
        var bed = new BackupBed(folder, storage.remotes())) {
      var fault =
          storage.faults().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
      furnish(bed);
      assertThat(bed.backUp().status()).isEqualTo(Status.DONE);
      fault.happen.run();
      assertTruth(bed, bed.backUp(), fault.isSilent);
      bed.home().write("a.txt", "changed").write("new/file.txt", "new");
      assertTruth(bed, bed.backUp(), fault.isSilent);
      if (fault.undo.isPresent()) {
        fault.undo.get().run();
        var run = bed.backUp();
        assertThat(run.status()).as(run.report().message()).isEqualTo(Status.DONE);
        assertTruth(bed, run, fault.isSilent);
      }
    }
  }

  @Test
  void whateverHappensInAnyOrderARunFailsWithWordsOrIsTrue() throws Exception {
    for (var sequence = 0; sequence < SEQUENCES; sequence += SEQUENCES_OF_A_HOME) {
      var folder = Files.createDirectory(place.resolve("sequences-" + sequence));
      try (var storage = storage(folder);
          var bed = new BackupBed(folder, storage.remotes())) {
        live(bed, storage, new Random(sequence));
      }
    }
  }

  private void live(BackupBed bed, Storage storage, Random random) throws Exception {
    furnish(bed);
    var states = new TreeMap<Long, Map<String, String>>();
    for (var sequence = 0; sequence < SEQUENCES_OF_A_HOME; sequence++) {
      for (var edits = random.nextInt(4); edits > 0; edits--) {
        edit(bed, random);
      }
      var undoable = storage.faults().stream().filter(one -> one.undo.isPresent()).toList();
      var fault =
          random.nextInt(4) > 0 || undoable.isEmpty()
              ? Optional.<Fault>empty()
              : Optional.of(undoable.get(random.nextInt(undoable.size())));
      if (fault.isPresent()) {
        fault.get().happen.run();
      }
      if (random.nextInt(3) == 0) {
        breakSomewhere(bed, random);
      }
      var isSilent = fault.filter(Fault::isSilent).isPresent();
      assertTruth(bed, bed.backUpWithConsent(), isSilent);
      bed.wire().mend();
      if (fault.isPresent()) {
        fault.get().undo.orElseThrow().run();
      }
      var run = bed.backUpWithConsent();
      assertThat(run.status()).as(fault + ": " + run.report()).isEqualTo(Status.DONE);
      states.put(run.number(), contents(bed.home().state()));
      if (sequence % 5 == 0) {
        assertTruth(bed, run, false);
        var old =
            states.floorEntry(
                states.firstKey() + random.nextLong(run.number() - states.firstKey() + 1));
        assertThat(restored(bed, new RestorePoint.OfRun(old.getKey())).files)
            .as("the home of run %d", old.getKey())
            .isEqualTo(old.getValue());
      }
    }
  }

  private static void breakSomewhere(BackupBed bed, Random random) {
    var at = 1 + random.nextInt(6);
    var when = random.nextBoolean() ? Wire.When.BEFORE : Wire.When.AFTER;
    bed.wire()
        .breakWith(
            (call, number) -> number >= at ? when : Wire.When.NEVER,
            where -> new RemoteUnavailable("The wire broke " + where, null));
  }

  private static void edit(BackupBed bed, Random random) {
    var folder = "f" + random.nextInt(3);
    var path = folder + "/" + random.nextInt(5);
    var home = bed.home();
    switch (random.nextInt(4)) {
      case 0 -> {
        if (Files.exists(home.path(path))) {
          home.delete(path);
        }
      }
      case 1 -> {
        if (Files.exists(home.path(folder))) {
          home.delete(folder);
        }
      }
      default -> home.write(path, "text " + random.nextInt(1000));
    }
  }

  private static void furnish(BackupBed bed) {
    bed.home()
        .write("a.txt", "a")
        .write("folder/b.txt", "b")
        .write("folder/deep/c.txt", "c".repeat(10_000))
        .write("empty", "")
        .link("link", "a.txt");
  }

  /** The files that came back, and the run that reports on the rest. */
  private record Restored(Map<String, String> files, Run run) {}

  private static void assertTruth(BackupBed bed, Run run, boolean isSilent) {
    if (run.status() != Status.DONE && run.status() != Status.PARTIAL) {
      assertThat(run.report().message()).as("the words of a failure").isNotBlank();
      return;
    }
    var home = contents(bed.home().state());
    var verification = bed.verifications().verify(BackupBed.HOME, "test", VerifySample.ALL);
    // A run that is partial has named what it could not do, and that is not as it should be.
    if (!isSilent && run.status() == Status.DONE) {
      assertThat(verification.status())
          .as("a verification after '%s': %s", run.status(), verification.report())
          .isEqualTo(Status.DONE);
    }
    var back = restored(bed, new RestorePoint.Latest());
    var named = new HashSet<String>();
    Stream.of(run, verification, back.run)
        .flatMap(one -> one.report().skipped().stream())
        .map(Skipped::path)
        .forEach(named::add);
    assertThat(without(named, back.files)).isEqualTo(without(named, home));
    // What is named may be missing, or still be there; what is in the home has no other bytes.
    back.files.forEach(
        (path, content) ->
            assertThat(content).as(path).isEqualTo(home.getOrDefault(path, content)));
  }

  private static Restored restored(BackupBed bed, RestorePoint point) {
    var request = new Restores.Request("test", point, "", Optional.of("came-back"));
    var run = bed.restores().restore(BackupBed.HOME, request);
    var files = contents(bed.home().state("came-back"));
    bed.home().delete("came-back");
    return new Restored(files, run);
  }

  /** Kinds and contents; the time of a folder changes whenever something comes back into it. */
  private static Map<String, String> contents(Map<String, String> state) {
    var contents = new TreeMap<String, String>();
    state.forEach((path, text) -> contents.put(path, text.substring(text.lastIndexOf(' ') + 1)));
    return contents;
  }

  private static Map<String, String> without(Set<String> named, Map<String, String> files) {
    var others = new TreeMap<>(files);
    others
        .keySet()
        .removeIf(
            path ->
                named.stream()
                    .anyMatch(
                        one -> (path + "/").startsWith(one + "/") || one.endsWith("/" + path)));
    return others;
  }
}
