package org.homeport.bridge.remote.drive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.TestRemote;
import org.homeport.bridge.remote.drive.DriveSettings.Consent;
import org.homeport.bridge.remote.drive.fake.FakeDrive;
import org.homeport.bridge.token.Secret;

/** A fake Drive in the process that made it, and ada's way to it in others too. */
public final class TestDriveRemote implements TestRemote {
  private static final String HOME = "/home/ada/";

  private final List<AutoCloseable> open = new ArrayList<>();
  private FakeDrive drive;

  /** Starts a Drive and connects ada to it. */
  static TestDriveRemote start(Path place) throws IOException {
    var farEnd = new TestDriveRemote();
    farEnd.drive = FakeDrive.start();
    farEnd.drive.register(DriveFixture.REDIRECT.toString());
    farEnd.drive.account(DriveFixture.EMAIL);
    Files.writeString(secret(place), FakeDrive.CLIENT_SECRET);
    var token = farEnd.drive.account(DriveFixture.EMAIL).refreshToken(FakeDrive.CLIENT_ID);
    farEnd
        .google(place, farEnd.address())
        .accounts()
        .orElseThrow()
        .handOver(BackupBed.ADA, new Secret(token));
    return farEnd;
  }

  FakeDrive drive() {
    return drive;
  }

  @Override
  public String address() {
    return drive.url().toString();
  }

  @Override
  public Remotes open(Path place, String address) {
    return google(place, address).remotes();
  }

  private GoogleDrive google(Path place, String address) {
    var access = new Consent(FakeDrive.CLIENT_ID, secret(place), DriveFixture.REDIRECT);
    var endpoints = Endpoints.at(URI.create(address));
    var settings = new DriveSettings(access, DriveFixture.UNLIMITED, endpoints);
    var database = TestDatabase.open(BackupBed.databaseFile(place));
    var google =
        new GoogleDrive(settings, place.resolve("key"), database, user -> {}, Clock.systemUTC());
    open.add(google);
    open.add(database);
    return google;
  }

  private static Path secret(Path place) {
    return place.resolve("client-secret");
  }

  @Override
  public Map<String, Md5> files() {
    var files = new TreeMap<String, Md5>();
    drive.account(DriveFixture.EMAIL).tree().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(HOME) && !entry.getValue().isEmpty())
        .forEach(
            entry -> files.put(entry.getKey().substring(HOME.length()), new Md5(entry.getValue())));
    return files;
  }

  @Override
  public void close() {
    try {
      for (var one : open) {
        one.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    if (drive != null) {
      drive.close();
    }
  }
}
