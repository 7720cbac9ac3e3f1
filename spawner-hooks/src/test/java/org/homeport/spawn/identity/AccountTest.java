package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void itsGroupIdsAreThoseOfItsGroups() {
    var groups = List.of(new Account.Group("course", 2001), new Account.Group("2002", 2002));

    assertThat(new Account("ada", 1001, 1001, groups, HOME).groupIds()).containsExactly(2001, 2002);
  }

  @ParameterizedTest
  @CsvSource({"0, 1001", "1001, 0", "-1, 1001", "1001, -1", "4294967295, 1001", "1001, 4294967295"})
  void anAccountIsNeverRootAndHasIdsOfTheKernel(long uid, long gid) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Account("ada", uid, gid, List.of(), HOME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a\nroot::0:0::/:"})
  void aNameCannotBreakThePasswdFile(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Account(name, 1001, 1001, List.of(), HOME));
    assertThatIllegalArgumentException().isThrownBy(() -> new Account.Group(name, 1001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "ada", "/home/../ada", "/home/a:b", "/home/a\nb"})
  void aHomeIsAnAbsolutePlainPath(String home) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Account("ada", 1001, 1001, List.of(), Path.of(home)));
  }
}
