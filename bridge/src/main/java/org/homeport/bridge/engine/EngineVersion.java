package org.homeport.bridge.engine;

/** Which engine answers, and which version of its API is spoken with it. */
public record EngineVersion(String version, String apiVersion) {}
