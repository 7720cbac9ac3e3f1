package org.homeport.bridge.engine;

import java.util.Optional;

/**
 * The network that servers are on.
 *
 * @param subnet in CIDR notation; empty where the engine has no single one
 * @param gateway the host's address on it, at which servers reach the hub; present exactly when the
 *     engine has {@link Capability#HOST_ADDRESS}
 */
public record Network(String name, Optional<String> subnet, Optional<String> gateway) {}
