// SPDX-License-Identifier: Apache-2.0
package org.gupstress.load;

import java.util.List;

/**
 * The load of a trace.
 *
 * @param source the name of the trace
 * @param memoryPages that its page cache had
 * @param hasKswapd whether kswapd reclaimed; if not, allocations did so for themselves
 * @param insertedPages that came into the page cache within the trace
 * @param usedShare of these, the part that the processor had used when reclaim met them, from 0 to
 *     1
 * @param filePages of each file, of those that were used
 * @param streams at least one
 * @param remarks how it was inferred, and what the trace does not show; sentences
 */
public record LoadProfile(
    String source,
    int memoryPages,
    boolean hasKswapd,
    long insertedPages,
    double usedShare,
    List<Integer> filePages,
    List<LoadStream> streams,
    List<String> remarks) {
  public LoadProfile {
    filePages = List.copyOf(filePages);
    streams = List.copyOf(streams);
    remarks = List.copyOf(remarks);
  }

  /** One of which only the name is known, from a result file. */
  public static LoadProfile named(String source) {
    return new LoadProfile(source, 0, false, 0, 0, List.of(), List.of(), List.of());
  }

  public boolean pins() {
    return streams.stream().anyMatch(LoadStream::isDirect);
  }

  /** The largest file. */
  public int filePagesMost() {
    return filePages.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** The same with other windows and requests; 0: as they were. An experiment. */
  public LoadProfile with(int windowPages, int chunkPages) {
    List<LoadStream> changed = streams.stream()
        .map(stream -> stream.with(
            windowPages == 0 ? stream.windowPages() : windowPages,
            chunkPages == 0 || !stream.isDirect() ? stream.chunkPages() : chunkPages))
        .toList();
    return new LoadProfile(
        source, memoryPages, hasKswapd, insertedPages, usedShare, filePages, changed, remarks);
  }

  /** The same with files as much larger or smaller as memory is. */
  public LoadProfile scaledTo(int pages) {
    double scale = (double) pages / Math.max(1, memoryPages);
    return new LoadProfile(
        source,
        pages,
        hasKswapd,
        Math.round(insertedPages * scale),
        usedShare,
        filePages.stream()
            .map(file -> (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(file * scale))))
            .toList(),
        streams,
        remarks);
  }
}
