package org.homeport.bridge.pages;

import java.time.Clock;
import java.util.Optional;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.BackupSettings;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.Pulls;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.remote.drive.DriveAccounts;
import org.homeport.bridge.server.Servers;

/** What the pages show and act on. */
public record PageFeatures(
    Servers servers,
    Environments environments,
    Pulls pulls,
    Users users,
    BackupFeature backups,
    BackupSettings settings,
    Optional<DriveAccounts> drive,
    Clock clock) {}
