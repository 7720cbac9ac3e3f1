package org.homeport.bridge.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.homeport.spawn.text.Spelling;

/** The findings of the doctor, check by check. */
public final class Findings {
  private final List<Finding> findings = new ArrayList<>();

  /** The outcome of a check. */
  private enum State {
    OK,
    NOTE,
    WRONG;

    @Override
    public String toString() {
      return Spelling.of(this);
    }
  }

  /**
   * One check.
   *
   * @param fix what to do; empty when there is nothing to do
   */
  private record Finding(State state, String check, String message, String fix) {
    private Finding {
      Objects.requireNonNull(message);
      Objects.requireNonNull(fix);
    }

    Stream<String> lines() {
      var line = "%-5s  %-12s  %s".formatted(state, check, message);
      return fix.isEmpty() ? Stream.of(line) : Stream.of(line, "       fix: " + fix);
    }

    Map<String, String> json() {
      return Map.of("state", state.toString(), "check", check, "message", message, "fix", fix);
    }
  }

  public void ok(String check, String message) {
    findings.add(new Finding(State.OK, check, message, ""));
  }

  /** Adds what works, and may still not be what was meant. */
  public void note(String check, String message, String fix) {
    findings.add(new Finding(State.NOTE, check, message, fix));
  }

  public void wrong(String check, String message, String fix) {
    findings.add(new Finding(State.WRONG, check, message, fix));
  }

  public boolean allWell() {
    return findings.stream().noneMatch(finding -> finding.state() == State.WRONG);
  }

  /** Lists what is wrong, each with its fix, for the log of a start. */
  public List<String> wrongs() {
    return findings.stream()
        .filter(finding -> finding.state() == State.WRONG)
        .map(finding -> finding.message() + ". " + finding.fix())
        .toList();
  }

  public Stream<String> lines() {
    return findings.stream().flatMap(Finding::lines);
  }

  public String toJson() {
    var report = Map.of("well", allWell(), "checks", findings.stream().map(Finding::json).toList());
    try {
      return new ObjectMapper().writer(new DefaultPrettyPrinter()).writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
