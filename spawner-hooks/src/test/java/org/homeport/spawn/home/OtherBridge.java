package org.homeport.spawn.home;

import static org.homeport.spawn.seed.SeedOf.nothing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.Seed;

/**
 * A bridge in a process of its own, which a test may take rights from or kill.
 *
 * <p>Prepares the home of ada below a folder, and says {@code prepared} or the code of the refusal;
 * or says {@code stuck} before it writes a certain file, and waits for its end.
 */
final class OtherBridge {
  static final int FILES = 20;

  private OtherBridge() {}

  /** Starts one; the command is what starts it, such as setpriv with its options. */
  static Process start(List<String> command, Path homes, int stuckAt) throws IOException {
    var line = new ArrayList<>(command);
    var classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", classes, OtherBridge.class.getName()));
    line.addAll(List.of(homes.toString(), Integer.toString(stuckAt)));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] arguments) {
    var ada = new HomeFixture(Path.of(arguments[0]));
    try {
      ada.prepare(seed(Integer.parseInt(arguments[1])));
      System.out.println("prepared");
    } catch (SpawnRefused refused) {
      System.out.println(refused.code() + ": " + refused.getMessage());
    }
  }

  /** The seed that it has; reading the file with this number never ends, and none with -1. */
  static Seed seed(int stuckAt) {
    var whole = nothing().folder("ex").link("latest", "ex");
    IntStream.range(0, FILES).forEach(i -> whole.file(file(i), content(i)));
    var seed = whole.seed();
    return new Seed(
        seed.manifest(),
        (path, position, into) -> {
          while (stuckAt >= 0 && path.text().equals(file(stuckAt))) {
            System.out.println("stuck");
            LockSupport.park();
          }
          var length = into.remaining();
          seed.read(path, position, into);
          return length;
        });
  }

  static String file(int i) {
    return String.format("ex/%02d", i);
  }

  static String content(int i) {
    return "content of " + i;
  }
}
