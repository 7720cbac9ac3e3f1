package org.homeport.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.homeport.spawn.refusal.SpawnRefused;

/** Asserts that a call is refused, and that the refusal names its subject. */
public final class Refusals {
  private Refusals() {}

  /** The refusal of a call, which has the code and mentions the words. */
  public static SpawnRefused assertRefused(ThrowingCallable call, String code, String... words) {
    var refused = catchThrowableOfType(SpawnRefused.class, call);
    assertThat(refused).as("the call is refused").isNotNull();
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(code);
    assertThat(List.of(words)).allSatisfy(word -> assertThat(refused.getMessage()).contains(word));
    assertThat(refused.remedy()).isNotBlank();
    return refused;
  }
}
