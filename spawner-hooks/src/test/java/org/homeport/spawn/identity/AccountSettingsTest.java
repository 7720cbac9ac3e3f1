package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.homeport.spawn.identity.AccountSettings.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountSettingsTest {
  private static final AccountSettings DEFAULTS = AccountSettings.DEFAULTS;

  @Test
  void accountsAreTheHostsUnlessToldOtherwise() {
    assertThat(DEFAULTS)
        .isEqualTo(
            new AccountSettings(
                Source.SYSTEM, 1000, UidRange.of("70000-99999"), Path.of("/srv/homes")));
  }

  @ParameterizedTest
  @CsvSource({"SYSTEM, SystemAccounts", "TLJH, TljhAccounts", "VIRTUAL, VirtualAccounts"})
  void eachSourceHasItsAccounts(Source source, String type) {
    var settings = new AccountSettings(source, 1000, DEFAULTS.uids(), DEFAULTS.homes());

    assertThat(settings.accounts(new MemoryUidLedger()).getClass().getSimpleName()).isEqualTo(type);
  }

  @Test
  void rootIsNoPerson() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccountSettings(Source.SYSTEM, 0, DEFAULTS.uids(), DEFAULTS.homes()))
        .withMessageContaining("minimum-uid is 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/etc/homes", "homes", "/srv/../root"})
  void homesLieOutsideOfTheSystemsFolders(String homes) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new AccountSettings(Source.VIRTUAL, 1000, DEFAULTS.uids(), Path.of(homes)))
        .withMessageContaining("'" + homes + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "70000", "999-2000", "2000-1999", "60000-70000", "70000-99999999999"})
  void aRangeOfUidsIsForPeople(String range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UidRange.of(range))
        .withMessageContaining("'" + range + "'");
  }

  @Test
  void aRangeContainsItsEnds() {
    var range = UidRange.of("70000-70002");

    assertThat(range).hasToString("70000-70002");
    assertThat(range.contains(70000) && range.contains(70002)).isTrue();
    assertThat(range.contains(69999) || range.contains(70003)).isFalse();
  }
}
