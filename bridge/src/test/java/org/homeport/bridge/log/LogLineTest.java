package org.homeport.bridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.BasicMDCAdapter;

class LogLineTest {
  private final LoggerContext context = new LoggerContext();

  LogLineTest() {
    context.setMDCAdapter(new BasicMDCAdapter());
  }

  @Test
  void anEventIsOneLineOfPairs() {
    assertThat(line("applied", null))
        .isEqualTo("time=2026-10-03T08:15:30Z level=info message=applied logger=org.homeport\n");
  }

  @Test
  void aNameWithALineBreakForgesNoLine() {
    assertThat(line("user a\nlevel=error \"x\" \u0007", null))
        .contains("message=\"user a\\nlevel=error \\\"x\\\" \\u0007\"")
        .hasLineCount(1);
  }

  @Test
  void aStackTraceStaysOnTheLine() {
    assertThat(line("failed", new IllegalStateException("on purpose")))
        .contains("error=\"java.lang.IllegalStateException: on purpose\\n\\tat ")
        .hasLineCount(1);
  }

  @Test
  void aReferenceMarksWhatIsLoggedMeanwhile() {
    var reference = Reference.next();
    assertThat(reference.value()).matches("[0-9a-f]{8}");
    reference.during(() -> assertThat(org.slf4j.MDC.get("reference")).isEqualTo(reference.value()));
    assertThat(org.slf4j.MDC.get("reference")).isNull();
  }

  private String line(String message, Throwable error) {
    var layout = new LogLine();
    var logger = context.getLogger("org.homeport");
    var event = new LoggingEvent("", logger, Level.INFO, message, error, null);
    event.setInstant(Instant.parse("2026-10-03T08:15:30Z"));
    return layout.doLayout(event);
  }
}
