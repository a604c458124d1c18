// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.Locale;

/** Says what the machine has too little of, and how much there is. */
final class Scarcity {
  private Scarcity() {}

  /** What an error of the JVM is about: it is one class for three different things. */
  static String sentence(OutOfMemoryError error) {
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    if (message.contains("thread")) {
      return "no more threads: the system makes none for this process, which has "
          + Thread.activeCount()
          + "; see ulimit -u and ulimit -v, or ask for fewer CPUs or threads";
    }
    if (message.contains("direct") || message.contains("reserve")) {
      return "out of memory outside of the heap: java takes at most " + heap
          + " MiB of it, as much as for the heap; give it more with -Xmx, or ask for fewer pages";
    }
    return "out of memory: the heap has " + heap
        + " MiB; give java more with -Xmx, or ask for fewer states or pages";
  }
}
