package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.homeport.bridge.engine.docker.DockerSettings;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.bridge.notify.Moment;
import org.homeport.bridge.notify.NotifySettings;
import org.homeport.bridge.settings.SettingsRefused;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnPlanner.StartIn;
import org.homeport.spawn.identity.AccountSettings;
import org.homeport.spawn.identity.AccountSettings.Source;
import org.homeport.spawn.identity.UidRange;
import org.homeport.spawn.image.ImagePattern;
import org.homeport.spawn.mount.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("homeport.yaml");
  }

  @Test
  void everySettingIsRead() {
    var settings =
        read(
            """
            listen: unix:/run/homeport/bridge.sock
            state: /srv/homeport
            database: jdbc:sqlite:/srv/db/homeport.db
            accounts: {source: virtual, minimum-uid: 500, uids: 71000-71999, homes: /srv/people}
            environments:
              images: ["plasmabio/*", "quay.io/jupyter/base-notebook:*"]
              pull: never
              seed: /home/someone
              seed-cache: 2G
              start-in: home
            data:
              - {source: /srv/data, target: /data}
              - source: /srv/more
                optional: true
            docker:
              host: tcp://127.0.0.1:2375
              network: course
            limits: {memory: 2G, cpus: 1.5, pids: 512}
            starts-at-once: 3
            """);

    assertThat(settings.listen())
        .isEqualTo(new ListenAddress.Unix(Path.of("/run/homeport/bridge.sock")));
    assertThat(settings.state()).isEqualTo(Path.of("/srv/homeport"));
    assertThat(settings.database()).isEqualTo("jdbc:sqlite:/srv/db/homeport.db");
    assertThat(settings.accounts())
        .isEqualTo(
            new AccountSettings(
                Source.VIRTUAL, 500, new UidRange(71000, 71999), Path.of("/srv/people")));
    assertThat(settings.environments().images())
        .extracting(ImagePattern::pattern)
        .containsExactly("plasmabio/*", "quay.io/jupyter/base-notebook:*");
    assertThat(settings.environments().pull()).isEqualTo(Pull.NEVER);
    assertThat(settings.environments().seed()).isEqualTo(Path.of("/home/someone"));
    assertThat(settings.environments().seedCache()).isEqualTo(2L << 30);
    assertThat(settings.environments().startIn()).isEqualTo(StartIn.HOME);
    assertThat(settings.data().sources())
        .containsExactly(
            new DataSource(Path.of("/srv/data"), Path.of("/data"), false),
            new DataSource(Path.of("/srv/more"), Path.of("/srv/more"), true));
    assertThat(settings.docker().host()).hasToString("tcp://127.0.0.1:2375");
    assertThat(settings.docker().network()).isEqualTo("course");
    assertThat(settings.limits())
        .isEqualTo(
            new Limits(OptionalLong.of(2L << 30), OptionalDouble.of(1.5), OptionalLong.of(512)));
    assertThat(settings.startsAtOnce()).isEqualTo(3);
  }

  @Test
  void homesInDriveAreSavedTwentyAtOnceAndOthersTwo() {
    var drive = "{remote: drive, drive: {service-account-key: /key, emails: '{user}@x.example'}}";
    assertThat(read("backup: " + drive).backup().atOnce()).isEqualTo(20);
    assertThat(read("backup: {remote: folder:/b}").backup().atOnce()).isEqualTo(2);
  }

  @Test
  void anEmptyFileIsAllDefaults() {
    var settings = read("# nothing yet\n");

    assertThat(settings.listen()).hasToString("127.0.0.1:8787");
    assertThat(settings.database()).isEqualTo("jdbc:sqlite:/var/lib/homeport/homeport.db");
    assertThat(settings.accounts()).isEqualTo(AccountSettings.DEFAULTS);
    assertThat(settings.environments().images()).isEmpty();
    assertThat(settings.docker().host()).isEqualTo(DockerSettings.DEFAULT_HOST);
    assertThat(settings.limits().memory()).isEmpty();
    assertThat(settings.limits().pids()).hasValue(4096);
    assertThat(settings.startsAtOnce()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void theDatabaseFollowsTheStateFolder() {
    assertThat(read("state: /srv/hp").database()).isEqualTo("jdbc:sqlite:/srv/hp/homeport.db");
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsLine() {
    assertThat(
            problems(
                """
                lisen: 127.0.0.1:8787
                listen: 0.0.0.0:8787
                accounts:
                  source: ldap
                docker:
                  netwrok: homeport
                  network: Home_Port
                limits: {memory: lots}
                data:
                  - target: /srv/data
                starts-at-once: 0
                starts-at-once: 2
                """))
        .containsExactly(
            file + ":1: lisen: unknown key; did you mean listen?",
            file
                + ":2: listen: '0.0.0.0:8787': other machines could reach it: listen on 127.0.0.1,"
                + " [::1] or unix:/path/of/a.sock, and put a proxy with TLS in front for anyone"
                + " else",
            file + ":4: accounts.source: 'ldap': expected system, tljh, virtual",
            file + ":6: docker.netwrok: unknown key; did you mean docker.network?",
            file
                + ":7: docker.network: 'Home_Port': expected at most 22 small letters, digits and"
                + " hyphens",
            file + ":8: limits.memory: 'lots': expected a size such as 512M or 2G",
            file + ":10: data.source: is missing",
            file + ":11: starts-at-once: '0': expected a number from 1 to 1000",
            file + ":12: starts-at-once: is there twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
backup: {remote: here}                 | :1: backup.remote: 'here': expected folder:/absolute/path or drive
backup: {guarded-share: 2}             | :1: backup: guarded-share: expected more than 0 and at most 1
backup: {remote: drive}                | :1: backup.drive: expected client-id, client-secret-file and redirect, or service-account-key and emails
backup: {nightly: always}              | :1: backup.nightly: 'always': expected two times such as 02:00-05:00
backup: {notify: {ping-file: /x}}      | :1: backup.notify: ping-file: hears of nights only: set backup.nightly
backup: {notify: {webhook-on: [end]}}  | backup.notify.webhook-on: 'end': expected start, success, failure
backup: {folders: [../ada]}            | :1: backup.folders: '../ada': expected a folder below the home
backup: {root: home}                   | :1: backup: root: expected folders that end in one with {user}
hub: {api: http://127.0.0.1:8081}      | :1: hub: token-file: is missing
environments: {colour: red}            | expected one of images, keep-free, pull, pull-matches
environments: {images: all}            | :1: environments.images: expected a list
environments: {images: [{a: b}]}       | :1: environments.images: expected one value
environments: {images: ['a b']}        | 'a b': 'a b' is not a pattern of images
environments: yes                      | :1: environments: expected keys and values
state: var/lib                         | :1: state: 'var/lib': expected an absolute path
database: mysql://localhost/x          | expected jdbc:sqlite:/absolute/path.db or
listen: 8787                           | expected an address and a port such as
listen: unix:bridge.sock               | expected unix: and an absolute path
listen: bridge.example.org:80          | other machines could reach it
listen: 127.0.0.1:70000                | expected a port from 0 to 65535
limits: {memory: 1M}                   | :1: limits: The limit of memory is 1048576 bytes.
limits: {cpus: many}                   | expected a number such as 1.5
accounts: {uids: 5-7}                  | '5-7' is not a range of uids for people
accounts: {homes: /etc}                | :1: accounts: homes is '/etc'
docker: {host: /var/run/docker.sock}   | expected unix:///path/of/a.sock or
data: [{source: /srv, optional: no}]   | expected true or false
state: {a                              | :1: not YAML:
""")
  void aBadValueSaysWhatIsExpected(String yaml, String problem) {
    assertThat(String.join("\n", problems(yaml))).contains(problem);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(catchThrowable(() -> Settings.read(file)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessage(file + " is missing: write it, or name another by --config.");
  }

  @Test
  void whoIsToldOfBackupsIsRead() {
    var settings =
        read(
            """
            backup:
              remote: folder:/mnt/backups
              notify:
                ping-file: /etc/homeport/ping.url
                webhook-file: /etc/homeport/webhook.url
                webhook-on: [failure]
            """);
    assertThat(settings.notifications())
        .isEqualTo(
            new NotifySettings(
                Optional.of(Path.of("/etc/homeport/ping.url")),
                Optional.of(Path.of("/etc/homeport/webhook.url")),
                Set.of(Moment.FAILURE)));
  }

  private Settings read(String yaml) {
    try {
      return Settings.read(Files.writeString(file, yaml));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> problems(String yaml) {
    var refused = catchThrowable(() -> read(yaml));
    assertThat(refused).isInstanceOf(SettingsRefused.class);
    return refused.getMessage().lines().toList();
  }
}
