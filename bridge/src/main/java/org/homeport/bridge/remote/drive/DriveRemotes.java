package org.homeport.bridge.remote.drive;

import org.homeport.bridge.database.Database;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.Remotes;
import org.homeport.spawn.identity.HubUser;

/** The Google Drives of all users, which share the project's quota and the connections. */
public final class DriveRemotes implements Remotes {
  private final DriveClients clients;
  private final DriveGrants grants;
  private final DriveRates.Paces paces;
  private final UploadTable uploads;
  private final TopTable tops;
  private final SearchLag lag;

  DriveRemotes(
      DriveClients clients,
      DriveGrants grants,
      DriveRates.Paces paces,
      Database database,
      Vault vault,
      SearchLag lag) {
    this.clients = clients;
    this.grants = grants;
    this.paces = paces;
    this.uploads = new UploadTable(database, vault);
    this.tops = new TopTable(database);
    this.lag = lag;
  }

  @Override
  public Remote open(HubUser user) {
    var drive = clients.of(grants.of(user));
    var calls = new DriveCalls(paces.of(user), paces.project(), ended -> grants.ended(user, ended));
    var uploader = new Uploader(drive, calls, uploads, user);
    var top = new DriveTop(tops, user, drive, calls);
    return new DriveRemote(user, drive, calls, uploader, top, lag);
  }
}
