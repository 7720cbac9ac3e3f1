package org.homeport.bridge.remote.drive;

import com.google.auth.oauth2.OAuth2Credentials;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.spawn.identity.HubUser;

/** The right by which Homeport acts in the Google Drive of a user. */
interface DriveGrants {

  /**
   * @throws NeedsReconnect when there is no right, or no longer
   */
  OAuth2Credentials of(HubUser user);

  /** Google says that the right of this user has ended; returns what that means for the run. */
  RemoteFailure ended(HubUser user, NeedsReconnect refusal);
}
