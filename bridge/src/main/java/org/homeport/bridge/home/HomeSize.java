package org.homeport.bridge.home;

import java.time.Instant;

/**
 * How much a home held when it was measured.
 *
 * @param bytes of its files; one that has two names counts twice
 * @param complete whether all of it was seen: else there is more
 */
public record HomeSize(long bytes, long files, boolean complete, Instant measuredAt) {}
