// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

/** How long something took, in nanoseconds; {@code totalNanos} of all samples together. */
public record TimeSpread(
    long samples, long totalNanos, long p50Nanos, long p99Nanos, long p999Nanos, long maxNanos) {}
