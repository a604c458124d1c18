// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a small machine, with undo and with a fingerprint that is kept up to date by every
 * store. The memory of the explorer: it changes a step at a time and takes steps back.
 *
 * <p>Words beyond the arena hold the checker's ghost state: they are undone and fingerprinted like
 * the rest, but no address leads to them.
 *
 * <p>Assumptions: one thread uses it. A searcher with more threads gives each a memory of its own.
 */
public final class ArenaMemory extends SteppedMemory {
  private static final int CPU_WORDS = Arena.CPU_BLOCK / 8;

  private final long bytes;
  private final long[] words;
  private final int privateWords;
  private final int cpus;
  private int ghosts;

  /** Fingerprint of each private block, and behind them of everything shared. */
  private final long[] hash;

  private int[] undoIndex = new int[1024];
  private long[] undoValue = new long[1024];
  private int undoTop;

  private @Nullable Watcher watcher;
  private boolean queried;

  /** Told of the accesses and notes that are made directly, as while a machine is set up. */
  public interface Watcher {
    void before(Access access);

    void note(Note note, long about, long detail, long amount);
  }

  /**
   * Zeroed memory of the size of a finished arena.
   *
   * @param ghostWords how many words of ghost state may be reserved at the most
   */
  public ArenaMemory(int cpus, long bytes, int ghostWords) {
    this.cpus = cpus;
    this.bytes = bytes;
    this.privateWords = cpus * CPU_WORDS;
    this.ghosts = (int) (bytes / 8);
    this.words = new long[ghosts + ghostWords];
    this.hash = new long[cpus + 1];
  }

  // ---- addresses

  /** Whether an access of this width at this address hits mapped memory, aligned. */
  public boolean isMapped(long addr, int width) {
    long offset = addr - Arena.BASE;
    return offset >= 0 && offset < bytes && (offset & (width - 1)) == 0;
  }

  private int index(long addr) {
    return (int) ((addr - Arena.BASE) >>> 3);
  }

  // ---- accesses

  @Override
  protected long access(Op op, long addr, long a, long b, View through) {
    if (!isMapped(addr, op.width())) {
      throw new KernelBug(String.format("%s at unmapped or misaligned 0x%x", op.verb(), addr));
    }
    if (queried && !op.readsOnly()) {
      throw new IllegalStateException("a query must leave memory as it is: " + op.verb());
    }
    if (watcher != null) {
      watcher.before(new Access(op, addr, a, b, through));
    }
    return perform(op, addr, a, b);
  }

  /** Sends direct accesses and notes to a watcher, or to nobody. */
  public void watch(@Nullable Watcher next) {
    watcher = next;
  }

  /** From now on whoever accesses memory directly asks only; steps are {@link #perform}ed. */
  public void onlyQueries() {
    queried = true;
  }

  @Override
  public void note(Note note, long about, long detail, long amount) {
    if (watcher != null) {
      watcher.note(note, about, detail, amount);
    }
  }

  /**
   * Whether the access could be made now; only {@link Op#blocks() blocking} ones may have to wait.
   */
  public boolean isEnabled(Access access) {
    return switch (access.op()) {
      case LOCK -> half(access.addr()) == 0;
      case LOCK_BITS64 -> (words[index(access.addr())] & access.a()) == 0;
      case WAIT64 -> (words[index(access.addr())] & access.a()) == access.b();
      default -> true;
    };
  }

  /** Makes the access at a {@linkplain #isMapped mapped} address; returns what the CPU sees. */
  public long perform(Op op, long addr, long a, long b) {
    return op.width() == 8 ? perform64(op, addr, a, b) : perform32(op, addr, (int) a, (int) b);
  }

  private long perform64(Op op, long addr, long a, long b) {
    int i = index(addr);
    long old = words[i];
    long now = after64(op, old, a, b);
    store(i, now);
    return seen64(op, old, now, a);
  }

  private long perform32(Op op, long addr, int a, int b) {
    int old = half(addr);
    int now = after32(op, old, a, b);
    storeHalf(addr, now);
    return seen32(op, old, now, a, b);
  }

  /** What an access of 64 bits leaves in the word. */
  static long after64(Op op, long old, long a, long b) {
    return switch (op) {
      case WRITE64, WRITE_RELEASE64, XCHG64 -> a;
      case SET_BITS64, LOCK_BITS64, TEST_SET64, TRY_LOCK64 -> old | a;
      case CLEAR_BITS64, UNLOCK_BITS64, TEST_CLEAR64 -> old & ~a;
      case ADD64, ADD_RETURN64 -> old + a;
      case CAS64, CMPXCHG64 -> old == a ? b : old;
      default -> old;
    };
  }

  /** What it returns. */
  static long seen64(Op op, long old, long now, long a) {
    return switch (op) {
      case READ64, READ_ACQUIRE64, CMPXCHG64, XCHG64 -> old;
      case ADD_RETURN64 -> now;
      case CAS64 -> old == a ? 1 : 0;
      case READ_BITS64 -> old & a;
      case READ_IF64 -> (old & a) != 0 ? old : 0;
      case TEST_SET64, TRY_LOCK64, TEST_CLEAR64 -> (old & a) != 0 ? 1 : 0;
      default -> 0;
    };
  }

  /** What an access of 32 bits leaves in the word. */
  static int after32(Op op, int old, int a, int b) {
    return switch (op) {
      case WRITE32, WRITE_RELEASE32, XCHG32 -> a;
      case ADD32, ADD_FULL32 -> old + a;
      case SUB_TEST32, SUB_RETURN32 -> old - a;
      case ADD_UNLESS32 -> old == b ? old : old + a;
      case CAS32, CMPXCHG32 -> old == a ? b : old;
      case LOCK -> 1;
      case UNLOCK -> 0;
      default -> old;
    };
  }

  /** What it returns. */
  static long seen32(Op op, int old, int now, int a, int b) {
    return switch (op) {
      case READ32, READ_ACQUIRE32, CMPXCHG32, XCHG32 -> old;
      case POSITIVE32 -> old > 0 ? 1 : 0;
      case IS32, CAS32 -> old == a ? 1 : 0;
      case SUB_TEST32 -> now == 0 ? 1 : 0;
      case SUB_RETURN32 -> now;
      case ADD_UNLESS32 -> old != b ? 1 : 0;
      default -> 0;
    };
  }

  /** The word at a mapped, 8-aligned address, whoever asks. */
  public long word(long addr) {
    return words[index(addr)];
  }

  /** The 32-bit word at a mapped, 4-aligned address, whoever asks. */
  public int half(long addr) {
    long word = words[index(addr)];
    return (addr & 4) == 0 ? (int) word : (int) (word >>> 32);
  }

  private void storeHalf(long addr, int value) {
    int i = index(addr);
    long unsigned = Integer.toUnsignedLong(value);
    store(
        i,
        (addr & 4) == 0
            ? (words[i] & 0xffffffff_00000000L) | unsigned
            : (words[i] & 0xffffffffL) | (unsigned << 32));
  }

  private void store(int i, long value) {
    long old = words[i];
    if (old == value) {
      return;
    }
    if (undoTop == undoIndex.length) {
      undoIndex = Arrays.copyOf(undoIndex, undoTop * 2);
      undoValue = Arrays.copyOf(undoValue, undoTop * 2);
    }
    undoIndex[undoTop] = i;
    undoValue[undoTop++] = old;
    set(i, old, value);
  }

  private void set(int i, long old, long value) {
    words[i] = value;
    if (i < privateWords) {
      int cpu = i / CPU_WORDS;
      int at = i % CPU_WORDS;
      hash[cpu] += Mix.at(at, relative(cpu, value)) - Mix.at(at, relative(cpu, old));
    } else {
      hash[cpus] += Mix.at(i, value) - Mix.at(i, old);
    }
  }

  /** A pointer into the CPU's own block counts by its offset: two CPUs' blocks can be equal. */
  private static long relative(int cpu, long value) {
    long offset = value - Arena.BASE - (long) cpu * Arena.CPU_BLOCK;
    return offset >= 0 && offset < Arena.CPU_BLOCK ? Mix.of(~offset) : value;
  }

  // ---- ghost state

  /** Reserves words of ghost state; returns the index of the first. */
  public int reserveGhost(int count) {
    int first = ghosts;
    ghosts += count;
    return first;
  }

  public long ghost(int index) {
    return words[index];
  }

  public void setGhost(int index, long value) {
    store(index, value);
  }

  /** The index under which a word of a private block is reachable as ghost state of that CPU. */
  public int ghostAt(long addr) {
    return index(addr);
  }

  // ---- undo and fingerprint

  /** A mark to come back to. */
  public int mark() {
    return undoTop;
  }

  /** Takes back every store since the mark. */
  public void undoTo(int mark) {
    while (undoTop > mark) {
      int i = undoIndex[--undoTop];
      set(i, words[i], undoValue[undoTop]);
    }
  }

  /** Makes everything so far the initial state. */
  public void forgetUndo() {
    undoTop = 0;
  }

  /** Fingerprint of a CPU's private block, equal for equal contents of two CPUs. */
  public long privateHash(int cpu) {
    return hash[cpu];
  }

  /** Fingerprint of everything that is not private to a CPU, ghost state included. */
  public long sharedHash() {
    return hash[cpus];
  }
}
