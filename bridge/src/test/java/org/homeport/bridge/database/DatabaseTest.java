package org.homeport.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("homeport.db"));
    database.write(handle -> handle.execute("CREATE TABLE counter (n INTEGER NOT NULL)"));
    database.write(handle -> handle.execute("INSERT INTO counter VALUES (0)"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theWriterIsDurableAndChecksForeignKeys() {
    assertThat(pragma("journal_mode")).isEqualTo("wal");
    assertThat(pragma("synchronous")).isEqualTo("2");
    assertThat(pragma("foreign_keys")).isEqualTo("1");
    assertThat(pragma("busy_timeout")).isEqualTo("10000");
  }

  @Test
  void aReaderCannotWrite() {
    assertThatThrownBy(() -> database.read(handle -> handle.execute("DELETE FROM counter")))
        .hasMessageContaining("readonly");
  }

  @Test
  @OnBothDatabases
  void whoeverReadsThenWritesLosesNothingToOthers() {
    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i ->
                database.write(
                    handle -> {
                      var n = count(handle);
                      return handle.execute("UPDATE counter SET n = ?", n + 1);
                    }));
    assertThat(database.<Integer>read(DatabaseTest::count)).isEqualTo(200);
  }

  @Test
  @OnBothDatabases
  void workThatFailsLeavesNothingBehind() {
    assertThatThrownBy(
            () ->
                database.write(
                    handle -> {
                      handle.execute("UPDATE counter SET n = 7");
                      throw new IllegalStateException("on purpose");
                    }))
        .hasMessage("on purpose");
    assertThat(database.<Integer>read(DatabaseTest::count)).isZero();
  }

  @Test
  @OnBothDatabases
  void aSecondOpenAppliesNothing() {
    assertThat(database.<Integer>write(handle -> Schema.update(handle, Migration.all()))).isZero();
  }

  @Test
  @OnBothDatabases
  void bridgesThatStartAtOnceMakeTheTablesOnce() {
    var file = folder.resolve("shared.db");
    TestDatabase.url(file);
    IntStream.range(0, 4).parallel().forEach(i -> TestDatabase.open(file).close());
    try (var shared = TestDatabase.open(file)) {
      assertThat(
              shared.<Integer>read(
                  handle ->
                      handle
                          .createQuery("SELECT count(*) FROM migrations")
                          .mapTo(Integer.class)
                          .one()))
          .isEqualTo(Migration.all().size());
    }
  }

  @Test
  @OnBothDatabases
  void longReadsDoNotKeepAnybodyFromUrgentOnes() throws Exception {
    var readers = Executors.newFixedThreadPool(4);
    var begun = new CountDownLatch(4);
    var end = new CountDownLatch(1);
    try {
      for (var i = 0; i < 4; i++) {
        readers.submit(() -> database.read(handle -> waitFor(begun, end)));
      }
      begun.await();
      assertThat(database.<Integer>readUrgently(DatabaseTest::count)).isZero();
    } finally {
      end.countDown();
      readers.shutdown();
    }
  }

  private static Object waitFor(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      return end.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @OnBothDatabases
  void aDatabaseThatCanOnlyBeReadDoesNotAnswer() {
    assertThat(database.answers()).isTrue();
    database.write(handle -> handle.execute("DROP TABLE probe"));
    assertThat(database.answers()).isFalse();
  }

  @Test
  void migrationsAreNumberedWithoutDoubles() {
    assertThat(Migration.all()).extracting(Migration::version).doesNotHaveDuplicates().contains(1);
  }

  @Test
  @OnBothDatabases
  void aDatabaseOfANewerHomeportIsRefused() {
    assertThatThrownBy(() -> database.write(handle -> Schema.update(handle, List.of())))
        .hasMessageContaining("newer Homeport");
  }

  @Test
  @OnBothDatabases
  void anEditedMigrationIsRefused() {
    var edited = Migration.all().stream().map(m -> new Migration(m.version(), m.name(), "--"));
    assertThatThrownBy(() -> database.write(handle -> Schema.update(handle, edited.toList())))
        .hasMessageContaining("migration 001 (tokens)");
  }

  private String pragma(String name) {
    return database.write(handle -> handle.createQuery("PRAGMA " + name).mapTo(String.class).one());
  }

  private static int count(Handle handle) {
    return handle.createQuery("SELECT n FROM counter").mapTo(Integer.class).one();
  }
}
