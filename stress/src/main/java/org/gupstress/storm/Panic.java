// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.List;
import java.util.function.Supplier;
import org.gupstress.memory.NativeMemory;

/**
 * Stops the machine of a storm for good. An operation that was in flight then never ends, so what
 * it holds is neither leaked nor stranded, and nothing is judged after a panic.
 *
 * <p>Guarantees: the machine is stopped once; {@link #inFlight} is of that moment.
 */
final class Panic {
  private final NativeMemory bytes;
  private final Supplier<List<CpuOperation>> running;
  private volatile boolean done;
  private List<CpuOperation> inFlight = List.of();

  /** @param running gives the CPUs that are in an operation */
  Panic(NativeMemory bytes, Supplier<List<CpuOperation>> running) {
    this.bytes = bytes;
    this.running = running;
  }

  /** Stops the machine. CPUs that wait in its memory get an exception. */
  synchronized void stopMachine() {
    if (!done) {
      inFlight = running.get();
      done = true;
      bytes.panic();
    }
  }

  boolean isDone() {
    return done;
  }

  /** The operations that never ended; none if the machine was not stopped. */
  synchronized List<CpuOperation> inFlight() {
    return inFlight;
  }
}
