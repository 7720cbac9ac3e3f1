package org.homeport.bridge.engine;

/**
 * The network that servers are on.
 *
 * @param subnet in CIDR notation
 * @param gateway the host's address on it, at which servers reach the hub
 */
public record Network(String name, String subnet, String gateway) {}
