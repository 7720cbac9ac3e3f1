package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.Account.Group;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs as root: the kernel is the judge. */
class AsUserTest {
  private static final Account ADA = account("ada", 12001, 12901, 12801);
  private static final Account BOB = account("bob", 12002, 12902);

  @TempDir Path dir;
  private final AsUser asUser = new AsUser();

  @BeforeEach
  void letEverybodyIn() throws IOException {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @Test
  void newFilesBelongToTheUserAndTheRealGroup() throws Exception {
    var file = asUser.call(ADA, () -> Files.createFile(dir.resolve("mine")));

    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(12001);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(12901);
  }

  @Test
  void idsAreUnsignedAsDirectoriesGiveThem() throws Exception {
    var groups = List.of(new Group("course", 3_000_000_000L), new Group("small", 2001));
    var eve = new Account("eve", 4_000_000_000L, UnixId.LARGEST, groups, Path.of("/srv/homes/eve"));
    var shared = secret("rw-r-----", 0, (int) 3_000_000_000L);

    asUser.run(eve, () -> Files.createFile(dir.resolve("mine")));

    try (var folder = Directory.open(dir)) {
      assertThat(folder.attributes(RawPath.of("mine")))
          .get()
          .returns(4_000_000_000L, Attributes::uid)
          .returns(UnixId.LARGEST, Attributes::gid);
    }
    assertThat(asUser.<String, IOException>call(eve, () -> Files.readString(shared)))
        .isEqualTo("secret");
  }

  @Test
  void theThreadHasNoCapabilitiesAndAllOthersKeepTheirs() throws Exception {
    var status = Path.of("/proc/thread-self/status");
    var before = capabilities(Files.readString(status));

    var inside = asUser.<String, IOException>call(ADA, () -> Files.readString(status));

    assertThat(capabilities(inside)).containsOnly("0000000000000000");
    assertThat(capabilities(Files.readString(status))).isEqualTo(before);
  }

  /** The effective, permitted and inheritable ones. */
  private static List<String> capabilities(String status) {
    return status
        .lines()
        .filter(line -> line.matches("Cap(Eff|Prm|Inh):.*"))
        .map(line -> line.split("\\s+")[1])
        .toList();
  }

  @Test
  void theKernelDeniesWhatTheUserMayNotDo() throws Exception {
    var secret = secret("rw-------", 0, 0);

    assertThatThrownBy(() -> asUser.call(ADA, () -> Files.readString(secret)))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void theSupplementaryGroupsCountAndRootsDoNot() throws Exception {
    var shared = secret("rw-r-----", 0, 12801);
    var roots = secret("rw-r-----", 12002, 0);

    assertThat(asUser.<String, IOException>call(ADA, () -> Files.readString(shared)))
        .isEqualTo("secret");
    assertThatThrownBy(() -> asUser.call(ADA, () -> Files.readString(roots)))
        .isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> asUser.call(BOB, () -> Files.readString(shared)))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void otherThreadsStayRootMeanwhile() throws Exception {
    var secret = secret("rw-------", 0, 0);
    var acting = new CountDownLatch(1);
    var looked = new CountDownLatch(1);
    var task =
        inBackground(
            () ->
                asUser.<Throwable, Exception>call(
                    ADA,
                    () -> {
                      acting.countDown();
                      looked.await();
                      return catchThrowable(() -> Files.readString(secret));
                    }));
    acting.await();

    var identities = identitiesOfAllThreads();
    var read = Files.readString(secret);
    looked.countDown();

    assertThat(read).isEqualTo("secret");
    assertThat(identities).containsOnlyOnce("12001:12901 [12801]");
    assertThat(identities).filteredOn(id -> !isRoot(id)).hasSize(1);
    assertThat(task.get()).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void noThreadKeepsAnIdentityAfterAnException() throws Exception {
    assertThatThrownBy(
            () ->
                asUser.call(
                    ADA,
                    () -> {
                      throw new IOException("disk on fire");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk on fire");

    await().untilAsserted(() -> assertThat(identitiesOfAllThreads()).allMatch(AsUserTest::isRoot));
    assertThat(asUser.<Object, IOException>call(BOB, () -> ownerOfANewFile())).isEqualTo(12002);
  }

  @Test
  void whatElseHappensMeanwhileHappensAsRootInTheCallersThread() throws Exception {
    var secret = secret("rw-------", 0, 0);
    var heard = new CountDownLatch(1);
    var hearer = new AtomicReference<Thread>();

    asUser.call(
        ADA,
        () -> {
          heard.await();
          return null;
        },
        () -> {
          assertThat(secret).isReadable();
          hearer.set(Thread.currentThread());
          heard.countDown();
        });

    assertThat(hearer.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void anInterruptDoesNotCutATaskShortAndIsKept() throws Exception {
    Thread.currentThread().interrupt();
    var done = asUser.call(ADA, () -> "done");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isEqualTo("done");
  }

  @Test
  void aProcessThatIsNotRootActsForItselfOnly() throws Exception {
    var adasBridge = new AsUser(ADA.uid());

    assertThat(adasBridge.<String, RuntimeException>call(ADA, () -> "done")).isEqualTo("done");
    assertThatThrownBy(() -> adasBridge.call(BOB, () -> "done"))
        .isInstanceOfSatisfying(
            SpawnRefused.class, refused -> assertThat(refused.code()).isEqualTo("not-root"))
        .hasMessageContaining("bob");
  }

  @Test
  void noAccountIsRoot() {
    assertThatThrownBy(() -> account("root", 0, 12901))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> account("wheel", 12001, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Object ownerOfANewFile() throws IOException {
    return Files.getAttribute(Files.createFile(dir.resolve("bobs")), "unix:uid");
  }

  private Path secret(String permissions, int uid, int gid) throws IOException {
    var file = Files.writeString(Files.createTempFile(dir, "secret", ""), "secret");
    Files.setAttribute(file, "unix:uid", uid);
    Files.setAttribute(file, "unix:gid", gid);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  /** As the kernel tells it: {@code fsuid:fsgid [groups]}. */
  private static List<String> identitiesOfAllThreads() throws IOException {
    var identities = new ArrayList<String>();
    try (var threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (var thread : threads) {
        try {
          identities.add(identity(Files.readAllLines(thread.resolve("status"))));
        } catch (IOException ended) {
          // It has no identity any more.
        }
      }
    }
    return identities;
  }

  private static String identity(List<String> status) {
    var groups = field(status, "Groups:");
    return field(status, "Uid:").get(3) + ":" + field(status, "Gid:").get(3) + " " + groups;
  }

  private static boolean isRoot(String identity) {
    return identity.startsWith("0:0 ");
  }

  private static List<String> field(List<String> status, String name) {
    var line = status.stream().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
    var value = line.substring(name.length()).strip();
    return value.isEmpty() ? List.of() : List.of(value.split("\\s+"));
  }

  private static <T> FutureTask<T> inBackground(Callable<T> work) {
    var task = new FutureTask<>(work);
    new Thread(task).start();
    return task;
  }

  private static Account account(String name, int uid, int gid, int... groups) {
    var others = new ArrayList<Group>();
    for (var group : groups) {
      others.add(new Group("group" + group, group));
    }
    return new Account(name, uid, gid, others, Path.of("/srv/homes", name));
  }
}
