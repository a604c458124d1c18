// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.fs.PageCache;

/**
 * How large a load is: what the user says of it. What he leaves open the mix says, in
 * {@link WorkingSet}.
 *
 * @param pressure files and anonymous memory together, over memory; from {@value #PRESSURE_MIN} to
 *     {@value #PRESSURE_MAX}
 * @param filePages of the file of each process; 0: as the pressure needs
 * @param processes 0: one for each CPU
 * @param chunkPages of one direct I/O request, from 1 to {@value #CHUNK_MAX}
 * @param readers that read every page after one another where something is read twice: 1 or 2
 */
public record Sizing(double pressure, int filePages, int processes, int chunkPages, int readers) {
  public static final double PRESSURE_MIN = 0.1;
  public static final double PRESSURE_MAX = 100;
  public static final int CHUNK_MAX = 1024;

  /** A working set that is a quarter larger than memory. */
  public static final Sizing USUAL = new Sizing(1.25, 0, 0, 8, PageCache.READERS);

  /** @throws IllegalArgumentException with a sentence if a number is none of these */
  public Sizing {
    // NaN is neither
    if (!(pressure >= PRESSURE_MIN && pressure <= PRESSURE_MAX)) {
      throw new IllegalArgumentException("the pressure is a number from " + PRESSURE_MIN + " to "
          + (int) PRESSURE_MAX + ", the working set over memory; found " + pressure);
    }
    check("a file has pages", 0, Integer.MAX_VALUE, filePages);
    check("there are processes", 0, Integer.MAX_VALUE, processes);
    check("direct I/O has pages", 1, CHUNK_MAX, chunkPages);
    check("a page is read by readers", 1, PageCache.READERS, readers);
  }

  private static void check(String what, int least, int most, int found) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          what + ", from " + least + " to " + most + "; found " + found);
    }
  }

  public Sizing withPressure(double wanted) {
    return new Sizing(wanted, filePages, processes, chunkPages, readers);
  }

  public Sizing withFilePages(int wanted) {
    return new Sizing(pressure, wanted, processes, chunkPages, readers);
  }

  public Sizing withProcesses(int wanted) {
    return new Sizing(pressure, filePages, wanted, chunkPages, readers);
  }

  public Sizing withChunkPages(int wanted) {
    return new Sizing(pressure, filePages, processes, wanted, readers);
  }

  public Sizing withReaders(int wanted) {
    return new Sizing(pressure, filePages, processes, chunkPages, wanted);
  }
}
