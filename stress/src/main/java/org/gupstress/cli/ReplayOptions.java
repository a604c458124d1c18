// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.nio.file.Path;
import org.gupstress.dossier.Dossier;
import org.gupstress.load.LoadProfile;
import org.gupstress.lru.Zone;
import org.gupstress.process.Refused;
import org.gupstress.storm.StormSetup;
import org.gupstress.storm.WorkloadMix;
import org.gupstress.trace.TraceReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A storm whose load is that of a trace. */
final class ReplayOptions {
  private static final int WINDOW_MAX = 8192;
  private static final int CHUNK_MAX = 1024;

  @Option(
      names = "--like",
      paramLabel = "FILE",
      description = {
        "Takes load, sizes, memory and readers from a trace, and shows what that machine",
        "and the storm did side by side. --workload replay:FILE takes the load alone."
      })
  private @Nullable Path like;

  @Option(
      names = "--read-around",
      paramLabel = "N",
      description = "Of a replay: pages that are read at once. Default: as in the trace.")
  private int window;

  @Option(
      names = "--chunk",
      paramLabel = "N",
      description = "Of a replay: pages of a direct I/O request. Default: as in the trace.")
  private int chunk;

  /**
   * A trace that was read.
   *
   * @param dossier of its machine
   */
  record Source(LoadProfile load, Dossier dossier) {}

  boolean isLike() {
    return like != null;
  }

  /** The trace that the storm is to replay, or null if it is to replay none. */
  @Nullable
  Source source(WorkloadMix mix) {
    Path file = like;
    LoadProfile named = mix.replayed();
    if (file == null && named != null) {
      file = Path.of(named.source());
    } else if (named != null) {
      throw Refused.misused("--like takes the load from its trace; it goes with no other replay");
    }
    if (file == null) {
      if (window != 0 || chunk != 0) {
        throw Refused.misused("--read-around and --chunk are of a replay: --like FILE, or"
            + " --workload replay:FILE");
      }
      return null;
    }
    Checks.within("--read-around", window, WINDOW_MAX);
    Checks.within("--chunk", chunk, CHUNK_MAX);
    TraceReader reader = TraceReader.read(file);
    LoadProfile load = reader.load();
    if (load.streams().isEmpty()) {
      throw Refused.quoting(file + " shows no load: no task brings pages of files into the page"
          + " cache; expected mm_filemap_add_to_page_cache");
    }
    return new Source(load.with(window, chunk), reader.dossier());
  }

  /** The pages of a machine that has as much memory for pages of files as the trace had. */
  static int pages(LoadProfile load) {
    int memory = Math.max(1, load.memoryPages());
    int reserve = Zone.of(memory).min();
    return Math.min(
        StormSetup.PAGES_MAX, Math.max(StormSetup.PAGES_MIN, memory + Math.min(reserve, memory)));
  }

  /** The load for a machine of so many pages. */
  static WorkloadMix mix(LoadProfile load, int pages) {
    return WorkloadMix.replay(load.scaledTo(Math.max(1, pages - Zone.of(pages).min())));
  }
}
