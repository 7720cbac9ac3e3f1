package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Real accounts and groups of this host, for the time of a test; needs root. */
public final class HostAccounts implements AutoCloseable {
  private final Deque<List<String>> undo = new ArrayDeque<>();

  /** A name that no account has. */
  public static String freshName() {
    return "hpt" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  /** A number that no account and no group has, nor any of the hundred that follow. */
  public static int freshId() {
    var names = new NameService();
    return ThreadLocalRandom.current()
        .ints(70_000, 99_000)
        .filter(
            first ->
                IntStream.range(first, first + 100)
                    .noneMatch(
                        id ->
                            names.accountWithId(id).isPresent()
                                || names.groupWithId(id).isPresent()))
        .findFirst()
        .orElseThrow();
  }

  /** Makes an account by useradd, which leaves it without a home unless options say so. */
  public String user(String... options) {
    var name = freshName();
    willHave(name);
    run(command("useradd", options, name));
    return name;
  }

  public String group(String... options) {
    var name = freshName();
    undo.push(List.of("groupdel", "-f", name));
    run(command("groupadd", options, name));
    return name;
  }

  /** Makes a group of that very name. */
  public void groupNamed(String name) {
    undo.push(List.of("groupdel", "-f", name));
    run(List.of("groupadd", name));
  }

  /** Registers an account that the test makes itself, to be removed with its home. */
  public void willHave(String name) {
    var account = new NameService().accountNamed(name);
    assertThat(account).as("this test makes the account '%s' and removes it", name).isEmpty();
    undo.push(List.of("userdel", "--remove", "--force", "--", name));
  }

  @Override
  public void close() {
    undo.forEach(HostAccounts::attempt);
  }

  public static void run(List<String> command) {
    var result = attempt(command);
    assertThat(result).as("%s (these tests need root)", command).startsWith("exit 0");
  }

  private static String attempt(List<String> command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return "exit " + process.waitFor() + ": " + words;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e.toString();
    }
  }

  private static List<String> command(String program, String[] options, String name) {
    return Stream.of(Stream.of(program), Arrays.stream(options), Stream.of(name))
        .flatMap(words -> words)
        .toList();
  }
}
