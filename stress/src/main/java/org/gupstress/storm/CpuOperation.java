// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** A CPU and the operation that it was in. */
public record CpuOperation(int cpu, String operation) {}
