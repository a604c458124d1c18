// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.gupstress.load.LoadProfile;
import org.gupstress.load.LoadStream;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a trace, run by the CPUs of a storm: a CPU takes the one that is farthest behind
 * its share of the pages that came into the page cache.
 *
 * <p>It also sees refaults as a trace does: a page that comes back within as many insertions as the
 * trace has, counted window by window. What had gone before is not seen to come back.
 *
 * <p>Assumes that a CPU uses a stream between {@link #take} and {@link #give} only.
 */
final class Replay {
  /** Whoever has run ahead by so many pages waits for the others. */
  private static final int AHEAD_MAX = 1024;

  /** A stream, where it is. */
  static final class Stream {
    final LoadStream load;
    final int filePages;
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private final AtomicLong done = new AtomicLong();
    private int next;

    Stream(LoadStream load, int filePages) {
      this.load = load;
      this.filePages = filePages;
    }

    /** The page with which it goes on. */
    int next(Perturber dice) {
      if (load.order() == LoadStream.Order.RANDOM) {
        return dice.next(filePages);
      }
      int at = next;
      next = at + 1 >= filePages ? 0 : at + 1;
      return at;
    }

    /** Pages that it brought in, and turns in which it may have found all there. */
    private double progress() {
      return done.get() / Math.max(load.share(), Double.MIN_NORMAL);
    }
  }

  private final double usedShare;
  private final List<Stream> streams = new ArrayList<>();
  private final long window;
  private final AtomicLong inserted = new AtomicLong();
  private final AtomicLong cameBack = new AtomicLong();
  private final AtomicInteger wentIn;
  private final AtomicIntegerArray goneIn;
  private final int blocks;

  Replay(LoadProfile profile, StormMachine machine) {
    for (LoadStream stream : profile.streams()) {
      streams.add(new Stream(stream, profile.filePages().get(stream.file())));
    }
    this.usedShare = profile.usedShare();
    this.window = Math.max(1, profile.insertedPages());
    this.wentIn = new AtomicInteger(1);
    this.blocks = machine.blocks();
    this.goneIn = new AtomicIntegerArray(machine.files() * blocks);
  }

  /** The stream that is farthest behind of those that nobody has, or null. */
  @Nullable
  Stream take() {
    double least = Double.POSITIVE_INFINITY;
    Stream behind = null;
    double slowest = Double.POSITIVE_INFINITY;
    for (Stream stream : streams) {
      double progress = stream.progress();
      slowest = Math.min(slowest, progress);
      if (!stream.isTaken.get() && progress < least) {
        least = progress;
        behind = stream;
      }
    }
    return behind != null
            && least - slowest <= AHEAD_MAX
            && behind.isTaken.compareAndSet(false, true)
        ? behind
        : null;
  }

  /** Of the pages that come in, those that are used before reclaim meets them. */
  double usedShare() {
    return usedShare;
  }

  void give(Stream stream) {
    stream.done.incrementAndGet();
    stream.isTaken.set(false);
  }

  /** A page came into the page cache. */
  void came(Stream stream, int file, int block) {
    stream.done.incrementAndGet();
    long now = inserted.incrementAndGet();
    if (now % window == 0) {
      wentIn.incrementAndGet();
    }
    if (goneIn.get(file * blocks + block) == wentIn.get()) {
      cameBack.incrementAndGet();
    }
  }

  /** A page leaves it. */
  void went(int file, long block) {
    goneIn.set(file * blocks + (int) block, wentIn.get());
  }

  /** Pages that came in. */
  long inserted() {
    return inserted.get();
  }

  /** Of these, pages that a trace of this length would show to come back. */
  long cameBack() {
    return cameBack.get();
  }
}
