package org.homeport.bridge.home;

import java.time.Instant;

/**
 * The size of a home at the time of its measurement.
 *
 * @param bytes of its files; one that has two names counts twice
 * @param complete whether all of it was seen: else there is more
 */
public record HomeSize(long bytes, long files, boolean complete, Instant measuredAt) {}
