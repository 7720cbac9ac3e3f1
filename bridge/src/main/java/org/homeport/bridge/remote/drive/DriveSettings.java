package org.homeport.bridge.remote.drive;

import static org.homeport.bridge.settings.Readers.number;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.homeport.bridge.remote.RemoteChoice;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;

/**
 * Settings for reaching the users' Google Drives.
 *
 * @param access by whose consent
 * @param google where Google listens
 */
public record DriveSettings(Access access, DriveRates rates, Endpoints google) {

  /** The right by which Homeport acts in a Drive. */
  public sealed interface Access {}

  /**
   * Each user connects an account.
   *
   * @param clientId of the application that is registered with Google
   * @param secretFile holds the application's secret
   * @param redirect where Google sends the users back to, exactly as it is registered there
   */
  public record Consent(String clientId, Path secretFile, URI redirect) implements Access {
    public Consent {
      Objects.requireNonNull(secretFile);
      if (clientId.isBlank()) {
        throw new IllegalArgumentException("client-id: is empty");
      }
      if (!redirect.isAbsolute() || redirect.getFragment() != null) {
        throw new IllegalArgumentException("redirect: expected a whole address");
      }
    }
  }

  /**
   * A service account acts as every user, which the administrator of a Workspace allowed.
   *
   * @param keyFile the account's key, as Google hands it out
   * @param emails the address of a user, such as {@code {user}@campus.example}
   */
  public record ServiceAccount(Path keyFile, String emails) implements Access {
    public ServiceAccount {
      Objects.requireNonNull(keyFile);
      if (!emails.contains("{user}")) {
        throw new IllegalArgumentException("emails: expected {user} in it");
      }
    }
  }

  public DriveSettings {
    Objects.requireNonNull(access);
    Objects.requireNonNull(rates);
    Objects.requireNonNull(google);
  }

  /**
   * Reads the section {@code backup.drive}. Its keys are known without Google Drive too, so that a
   * site can change its mind and back.
   *
   * @param remote the chosen remote; the result is empty when it is not Google Drive
   */
  public static Optional<DriveSettings> read(Section section, RemoteChoice remote) {
    var access = access(section);
    var usual = DriveRates.USUAL;
    var writes = section.value("writes-per-second", Readers::decimal, usual.writesPerSecond());
    var calls = section.value("calls-per-minute", number(60, 10_000_000), usual.callsPerMinute());
    var google = section.value("google", Endpoints::at, Endpoints.GOOGLE);
    return remote instanceof RemoteChoice.Drive
        ? section.make(
            () ->
                new DriveSettings(
                    access.get(), new DriveRates(writes, usual.burst(), calls), google))
        : Optional.empty();
  }

  private static Supplier<Access> access(Section section) {
    var clientId = section.value("client-id", text -> text);
    var secret = section.value("client-secret-file", Readers::path);
    var redirect = section.value("redirect", URI::create);
    var key = section.value("service-account-key", Readers::path);
    var emails = section.value("emails", text -> text);
    return () -> {
      if (key.isPresent() && emails.isPresent()) {
        return new ServiceAccount(key.get(), emails.get());
      }
      if (clientId.isPresent() && secret.isPresent() && redirect.isPresent()) {
        return new Consent(clientId.get(), secret.get(), redirect.get());
      }
      throw new IllegalArgumentException(
          "expected client-id, client-secret-file and redirect, or service-account-key and emails");
    };
  }
}
