// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gupstress.load.LoadProfile;
import org.gupstress.load.LoadStream;
import org.gupstress.load.LoadStream.Order;

/**
 * Infers the load from what comes into the page cache: by which task, at which place of which file,
 * in which order.
 *
 * <p>A task that misses a page reads a window of pages around it: what it adds to a file comes in
 * bursts that go upwards, with gaps where pages were there already. A task whose bursts begin near
 * where the ones before began or ended scans the file; one whose bursts begin anywhere uses it at
 * random. A task that marks pages of the file dirty itself as often as it misses them has direct
 * I/O that writes to them: who stores into a mapping scans no faster than it dirties, and
 * write-back dirties nothing in the name of the task.
 *
 * <p>Memory is what was resident at once: the pages that are seen to leave before they are seen to
 * come were there at the beginning, and so were those that a burst leaves out and that never come.
 */
final class LoadAccount {
  /** Of larger files the rest is not followed. */
  private static final int FILE_PAGES_MAX = 1 << 26;

  private static final int FILES_MAX = 1 << 12;
  private static final int STREAMS_MAX = 1 << 14;

  /** Gaps in a burst: so many pages may have been there already. */
  private static final int GAP = 64;

  /**
   * What bursts of a scan may be away from one another on average, as a part of the file that
   * begins anew at its end; for random places it is a quarter.
   */
  private static final double NEAR = 0.125;

  /** A stream has at least this part of the pages. */
  private static final double SHARE_MIN = 0.01;

  private static final int WINDOW_MAX = 1 << 13;
  private static final int CHUNK_MAX = 1024;

  private final Map<Long, FileUse> files = new LinkedHashMap<>();
  private final Map<Long, StreamUse> streams = new HashMap<>();
  private long inserted;
  private long atStart;
  private long resident;
  private long residentMost;
  private boolean hasKswapd;
  private boolean hasLarge;

  private static final class FileUse {
    private long last;
    private final BitSet seen = new BitSet();
    private final BitSet passedOver = new BitSet();

    void see(long index, long pages) {
      last = Math.max(last, index + pages - 1);
      if (index + pages <= FILE_PAGES_MAX) {
        seen.set((int) index, (int) (index + pages));
      }
    }

    /** Pages that a read-around leaves out are there. */
    void passOver(long from, long to) {
      if (to <= FILE_PAGES_MAX) {
        passedOver.set((int) from, (int) to);
      }
    }

    /** Pages that are there, and neither came nor went. */
    int stayed() {
      BitSet stayed = (BitSet) passedOver.clone();
      stayed.andNot(seen);
      return stayed.cardinality();
    }
  }

  private static final class StreamUse {
    private final long file;
    private final Task task;
    private long added;
    private long last = -1;
    private long burstFrom;
    private long jumps;
    private double away;
    private final TreeMap<Integer, Integer> spans = new TreeMap<>();
    private long dirtied;
    private long dirtyRuns;
    private long lastDirty = -2;

    StreamUse(long file, Task task) {
      this.file = file;
      this.task = task;
    }

    void add(long index, FileUse use) {
      added++;
      if (last < 0) {
        burstFrom = index;
      } else if (index <= last || index - last > GAP) {
        // a page that went before it was used is missed again: that says nothing of the order
        boolean isAgain = index >= burstFrom && index <= last;
        jumps += isAgain ? 0 : 1;
        away += isAgain ? 0 : Math.min(away(burstFrom, index, use), away(last, index, use));
        endBurst();
        burstFrom = index;
      } else {
        use.passOver(last + 1, index);
      }
      last = index;
    }

    private static double away(long from, long to, FileUse use) {
      long distance = Math.abs(to - from);
      return (double) Math.min(distance, use.last + 1 - distance) / (use.last + 1);
    }

    void endBurst() {
      spans.merge((int) Math.min(WINDOW_MAX, last - burstFrom + 1), 1, Integer::sum);
    }

    void dirty(long index) {
      dirtied++;
      dirtyRuns += index == lastDirty + 1 ? 0 : 1;
      lastDirty = index;
    }

    Order order() {
      return jumps == 0 || away / jumps < NEAR ? Order.SCAN : Order.RANDOM;
    }

    /** The span that has most of the pages, of those that more than one burst has. */
    int window() {
      int window = 1;
      long most = 0;
      for (Map.Entry<Integer, Integer> span : spans.entrySet()) {
        long pages = (long) span.getKey() * span.getValue();
        if (span.getValue() > 1 && pages > most) {
          most = pages;
          window = span.getKey();
        }
      }
      return window;
    }

    /** Pages that it dirties one after the other; 0 if it does not dirty what it brings in. */
    int chunk() {
      boolean isDirect = dirtied > 0 && 2 * dirtied >= jumps;
      return isDirect ? (int) Math.min(CHUNK_MAX, Math.max(1, dirtied / dirtyRuns)) : 0;
    }
  }

  private static long key(long device, long inode) {
    return LongTable.mix(LongTable.mix(device) + inode);
  }

  /** Pages came into the page cache. */
  void added(long device, long inode, long index, long pages, Task task) {
    inserted += pages;
    resident += pages;
    residentMost = Math.max(residentMost, resident);
    hasLarge |= pages > 1;
    FileUse file = file(key(device, inode));
    file.see(index, pages);
    StreamUse stream = stream(key(device, inode), task);
    for (long page = 0; page < pages; page++) {
      stream.add(index + page, file);
    }
  }

  /** Pages left it; whether they were not seen to come. */
  void deleted(long device, long inode, long index, long pages, boolean wasThereBefore, Task task) {
    resident -= pages;
    atStart += wasThereBefore ? pages : 0;
    hasKswapd |= task.isKswapd;
    file(key(device, inode)).see(index, pages);
  }

  /** A task marked a page dirty that was clean. */
  void dirtied(long device, long inode, long index, Task task) {
    StreamUse stream = streams.get(LongTable.mix(key(device, inode) + task.number));
    if (stream != null) {
      stream.dirty(index);
    }
  }

  private FileUse file(long key) {
    long kept = files.size() < FILES_MAX || files.containsKey(key) ? key : 0;
    return files.computeIfAbsent(kept, unseen -> new FileUse());
  }

  private StreamUse stream(long file, Task task) {
    long key = LongTable.mix(file + task.number);
    long kept = streams.size() < STREAMS_MAX || streams.containsKey(key) ? key : 0;
    return streams.computeIfAbsent(kept, unseen -> new StreamUse(file, task));
  }

  // ---- what came of it

  /**
   * The load, or nothing of which to make one: no streams.
   *
   * @param source the name of the trace
   * @param referenced pages that reclaim kept on inactive lists because they had been used;
   *     negative if the trace does not say
   */
  LoadProfile profile(String source, long referenced) {
    List<StreamUse> used = streams.values().stream()
        .filter(stream -> stream.added >= Math.max(1, SHARE_MIN * inserted))
        .sorted((a, b) -> Long.compare(b.added, a.added))
        .toList();
    List<Long> usedFiles = used.stream().map(stream -> stream.file).distinct().toList();
    long sum = used.stream().mapToLong(stream -> stream.added).sum();
    List<LoadStream> loads = new ArrayList<>();
    for (StreamUse stream : used) {
      stream.endBurst();
      loads.add(new LoadStream(
          stream.task.label,
          usedFiles.indexOf(stream.file),
          stream.order(),
          stream.window(),
          stream.chunk(),
          (double) stream.added / sum));
    }
    long memory = atStart + residentMost;
    for (FileUse file : files.values()) {
      memory += file.stayed();
    }
    return new LoadProfile(
        source,
        (int) Math.min(Integer.MAX_VALUE, memory),
        hasKswapd,
        inserted,
        referenced < 0 || inserted == 0 ? 1 : Math.min(1, (double) referenced / inserted),
        usedFiles.stream().map(file -> (int) file(file).last + 1).toList(),
        loads,
        remarks(sum, referenced));
  }

  private List<String> remarks(long sum, long referenced) {
    List<String> remarks = new ArrayList<>();
    remarks.add("The memory limit is not in the trace: it is taken from the most pages of files"
        + " that were resident at once: those that came or went, and those that were passed over when"
        + " the pages around them were read.");
    remarks.add(
        "How large a file is is not in the trace: it is taken to end with the last page that"
            + " came or went.");
    remarks.add("Accesses to pages that were there leave no event: streams are paced by the pages"
        + " that they brought in.");
    remarks.add(
        referenced < 0
            ? "Whether pages were used before reclaim met them is not in the trace: all are."
            : "Of the pages that came in, as many are used by the processor as reclaim kept because"
                + " they had been used (nr_ref_keep), " + referenced + " of " + inserted + ".");
    if (sum < inserted) {
      remarks.add((inserted - sum) + " of " + inserted + " pages were brought in by tasks with less"
          + " than 1 % of them, and are left out.");
    }
    if (!hasKswapd) {
      remarks.add("kswapd took nothing from the page cache: allocations reclaim for themselves.");
    }
    if (hasLarge) {
      remarks.add("Large folios are taken apart into pages.");
    }
    remarks.add("Anonymous memory is left out.");
    return remarks;
  }
}
