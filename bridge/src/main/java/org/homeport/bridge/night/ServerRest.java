package org.homeport.bridge.night;

import java.time.Instant;
import org.homeport.spawn.identity.HubUser;

/**
 * Tells of one server of a user whether it is at rest.
 *
 * @param since when the server came into its state
 */
public record ServerRest(HubUser user, boolean isAtRest, Instant since) {}
