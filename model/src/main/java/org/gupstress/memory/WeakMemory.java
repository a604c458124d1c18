// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What CPUs see of an {@link ArenaMemory} whose stores wait in store buffers, and whose lines they
 * have not yet been told to give up: the two structures of a hardware memory model.
 *
 * <p><b>Stores.</b> A store goes into the buffer of its CPU and becomes visible when it leaves it.
 * Under TSO the oldest leaves first. Under arm64 any may leave that overlaps no earlier one, has no
 * {@code wmb} and no release in front of it, and, if it is a release, nothing at all. A CPU sees
 * its own stores at once, byte by byte.
 *
 * <p><b>Loads</b>, under arm64. The stores that have become visible are numbered: that is the time.
 * A load takes the bytes that own stores do not cover as they were at one time, which is not before
 * the floor of its CPU, nor before what that CPU has seen of these bytes. {@code rmb}, acquire and
 * full barriers raise the floor. What a load may still see is its age: 0 is memory as it is.
 *
 * <p><b>Atomics</b> act on memory as it is. One with a result waits until the buffer of its CPU is
 * empty, and if it fails by its rule it is a load. One without waits in the buffer like a store,
 * under arm64; under TSO none does.
 *
 * <p>What is private to a CPU, and what interrupt handlers do on it, does not pass through here or
 * through the same buffer.
 *
 * <p>States are immutable: whoever takes a step back puts the earlier one back.
 *
 * <p>Leaves out: loads that are made after later stores of their CPU (load buffering), so whatever
 * needs them is not found; mixed-size atomics that read two stores of halves at different times.
 * Address and data dependencies order loads here because loads are made in program order and only
 * their ages differ: a dependent load may have a greater age than the one that it depends on, as if
 * there were no dependency. That allows more than the machine does.
 *
 * <p>Bounds: {@value #BUFFER_MAX} entries of a buffer, {@value #HISTORY_MAX} stores that a load may
 * be behind; {@link #isBounded} tells whether one of them was reached.
 */
public final class WeakMemory {
  /** Entries of a store buffer. */
  public static final int BUFFER_MAX = 16;

  /** Visible stores that a load may be behind. */
  public static final int HISTORY_MAX = 64;

  private static final int HALF = 4;

  /**
   * A store or an atomic that waits in a buffer, a wmb between them, or a word to the checker,
   * which waits until all that its CPU has stored before it is visible.
   *
   * @param access null of a word to the checker
   * @param isPrivate whether it is to memory of its CPU alone: it only keeps its place in the order
   * @param rider what belongs to it and happens when it becomes visible
   * @param mixed a fingerprint of the rider
   */
  public record Waiting(
      @Nullable Access access, boolean isPrivate, @Nullable Object rider, long mixed) {
    /** Whether other CPUs can see that it waits. */
    private boolean isStore() {
      return access != null && !isPrivate && !access.op().isBarrier();
    }

    private boolean isWritten() {
      return access != null && !access.op().isBarrier();
    }

    private boolean isBarrier() {
      return access != null && access.op().isBarrier();
    }

    private boolean isRelease() {
      return access != null && Strength.of(access.op()).isRelease();
    }

    private boolean isAtomic() {
      return access != null && Strength.of(access.op()).isAtomic();
    }

    /** What it does; there is something unless it is a word to the checker. */
    public Access made() {
      return Objects.requireNonNull(access);
    }

    private long mixedAll() {
      return access == null ? ~mixed : Mix.then(access.mixed(), mixed);
    }

    private boolean overlaps(Access other) {
      return isStore()
          && made().addr() < other.addr() + other.op().width()
          && other.addr() < made().addr() + made().op().width();
    }

    private boolean covers(long half) {
      return isWritten()
          && half >= half(made().addr())
          && half < half(made().addr()) + halves(made().op());
    }

    /** What a plain store leaves in a half of a word that it covers. */
    private int value(long half) {
      long value = made().op() == Op.UNLOCK ? 0 : made().a();
      return (int) (half == half(made().addr()) ? value : value >>> Integer.SIZE);
    }
  }

  /** A store that has become visible, with what it has overwritten. */
  private record Stored(long half, int halves, int low, int high, int cpu, boolean isAtomic) {
    boolean covers(long other) {
      return other >= half && other < half + halves;
    }

    int before(long other) {
      return other == half ? low : high;
    }

    long mixed() {
      long mixed = Mix.then(half * 2 + halves, (long) low << Integer.SIZE ^ high);
      return Mix.then(mixed, cpu * 2L + (isAtomic ? 1 : 0));
    }
  }

  /** What one CPU has stored and seen. Times are lengths of the history. */
  private static final class View implements Cloneable {
    private Waiting[] buffer = {};
    private int floor;
    private int read;
    private int wrote;
    private int released;
    private int age;
    private long[] seenHalves = {};
    private int[] seenTimes = {};

    View copy() {
      try {
        return (View) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }

    int seen(long half) {
      int at = Arrays.binarySearch(seenHalves, half);
      return at < 0 ? 0 : seenTimes[at];
    }

    void saw(long half, int time) {
      if (time <= seen(half)) {
        return;
      }
      int at = Arrays.binarySearch(seenHalves, half);
      if (at >= 0) {
        seenTimes = seenTimes.clone();
        seenTimes[at] = time;
        return;
      }
      int where = -at - 1;
      long[] halves = new long[seenHalves.length + 1];
      int[] times = new int[halves.length];
      System.arraycopy(seenHalves, 0, halves, 0, where);
      System.arraycopy(seenTimes, 0, times, 0, where);
      halves[where] = half;
      times[where] = time;
      System.arraycopy(seenHalves, where, halves, where + 1, seenHalves.length - where);
      System.arraycopy(seenTimes, where, times, where + 1, seenTimes.length - where);
      seenHalves = halves;
      seenTimes = times;
    }

    /** Forgets so many of the earliest times, and all that says no more than the floor. */
    void shift(int times, boolean isOver) {
      int low = isOver ? Integer.MAX_VALUE : floor;
      read = read <= low ? 0 : read - times;
      wrote = wrote <= low ? 0 : wrote - times;
      released = released <= low ? 0 : released - times;
      int kept = 0;
      long[] halves = new long[seenHalves.length];
      int[] at = new int[halves.length];
      for (int i = 0; i < halves.length; i++) {
        if (seenTimes[i] > low) {
          halves[kept] = seenHalves[i];
          at[kept++] = seenTimes[i] - times;
        }
      }
      seenHalves = Arrays.copyOf(halves, kept);
      seenTimes = Arrays.copyOf(at, kept);
      floor = isOver ? 0 : Math.max(0, floor - times);
    }

    long mixed() {
      long mixed = Mix.then(floor, (long) read << Integer.SIZE | wrote);
      mixed = Mix.then(mixed, (long) released << Integer.SIZE | age);
      for (int i = 0; i < seenHalves.length; i++) {
        mixed = Mix.then(Mix.then(mixed, seenHalves[i]), seenTimes[i]);
      }
      for (Waiting waiting : buffer) {
        mixed = Mix.then(mixed, waiting.mixedAll());
      }
      return Mix.then(mixed, buffer.length);
    }
  }

  /** Where all CPUs stand. */
  public static final class State {
    private final View[] views;
    private final Stored[] history;
    private final long mixed;

    private State(View[] views, Stored[] history) {
      this.views = views;
      this.history = history;
      long hash = history.length;
      for (Stored stored : history) {
        hash = Mix.then(hash, stored.mixed());
      }
      for (View view : views) {
        hash = Mix.then(hash, view.mixed());
      }
      this.mixed = hash;
    }

    /** A fingerprint. */
    public long mixed() {
      return mixed;
    }
  }

  private final ArenaMemory memory;
  private final boolean isArm;
  private State state;
  private boolean isBounded;

  /** @param model {@linkplain MemoryModel#isWeak weak} */
  public WeakMemory(ArenaMemory memory, MemoryModel model, int cpus) {
    this.memory = memory;
    this.isArm = model == MemoryModel.ARM64;
    View[] views = new View[cpus];
    Arrays.setAll(views, c -> new View());
    this.state = new State(views, new Stored[0]);
  }

  public State state() {
    return state;
  }

  /** Goes back to a state; what was stored in the memory below is for its owner to undo. */
  public void restore(State earlier) {
    state = earlier;
  }

  /** Whether a bound was reached, so that not all of what the model allows was tried. */
  public boolean isBounded() {
    return isBounded;
  }

  private static long half(long addr) {
    return (addr - Arena.BASE) / HALF;
  }

  private static int halves(Op op) {
    return op.width() / HALF;
  }

  private int now() {
    return state.history.length;
  }

  // ---- what can be done

  /** Whether no store waits. */
  public boolean isDrained() {
    return Arrays.stream(state.views).allMatch(view -> view.buffer.length == 0);
  }

  /** The stores of a CPU that no other CPU sees yet, the oldest first. */
  public List<Access> waiting(int cpu) {
    return Arrays.stream(state.views[cpu].buffer)
        .filter(Waiting::isStore)
        .map(Waiting::made)
        .toList();
  }

  /** Whether no store of this CPU waits. */
  public boolean isDrained(int cpu) {
    return state.views[cpu].buffer.length == 0;
  }

  /** Whether a CPU can make the access now, at the age that is chosen for it. */
  public boolean canPerform(int cpu, Access access) {
    View view = state.views[cpu];
    return view.age < ages(view, access) && isReady(view, access);
  }

  private boolean isReady(View view, Access access) {
    boolean isEmpty = view.buffer.length == 0;
    return switch (Strength.of(access.op())) {
      case BARRIER -> access.op() != Op.MB || isEmpty;
      case STORE, STORE_RELEASE -> hasRoom(view);
      case ATOMIC, ATOMIC_RELEASE -> isArm ? hasRoom(view) : isEmpty;
      case LOAD -> canLoad(view, access);
      case LOAD_ACQUIRE ->
        canLoad(view, access)
            && !isReleasing(view)
            && (access.op() != Op.WAIT64 || meets(view, access));
      case ATOMIC_ACQUIRE ->
        isArm
            ? !overlaps(view, access)
                && memory.isEnabled(access)
                && !(isReleasing(view) && succeeds(access))
            : isEmpty && memory.isEnabled(access);
      case ATOMIC_FULL -> isEmpty || (isArm && !overlaps(view, access) && !succeeds(access));
    };
  }

  private boolean hasRoom(View view) {
    boolean hasRoom = stores(view) < BUFFER_MAX;
    isBounded |= !hasRoom;
    return hasRoom;
  }

  private static int stores(View view) {
    int stores = 0;
    for (Waiting waiting : view.buffer) {
      stores += waiting.isStore() ? 1 : 0;
    }
    return stores;
  }

  private boolean succeeds(Access access) {
    long word =
        access.op().width() == Long.BYTES ? memory.word(access.addr()) : memory.half(access.addr());
    return Strength.succeeds(access, word);
  }

  private static boolean overlaps(View view, Access access) {
    return Arrays.stream(view.buffer).anyMatch(waiting -> waiting.overlaps(access));
  }

  /** A load of what an own atomic covers waits until that is performed. */
  private static boolean canLoad(View view, Access access) {
    return Arrays.stream(view.buffer)
        .noneMatch(waiting -> waiting.isAtomic() && waiting.overlaps(access));
  }

  private boolean isReleasing(View view) {
    return isArm && Arrays.stream(view.buffer).anyMatch(Waiting::isRelease);
  }

  private boolean meets(View view, Access access) {
    return (word(view, access, now()) & access.a()) == access.b();
  }

  // ---- ages

  /** How many different pasts a load can see, the present among them; 1 of everything else. */
  private int ages(View view, Access access) {
    if (!isArm || !Strength.of(access.op()).isLoad() || access.op() == Op.WAIT64) {
      return 1;
    }
    int ages = 1;
    int earliest = earliest(view, access);
    for (int time = now(); time > earliest; time--) {
      ages += reaches(view, access, state.history[time - 1]) ? 1 : 0;
    }
    return ages;
  }

  /** The time before which the load cannot go. */
  private static int earliest(View view, Access access) {
    boolean isAcquire = Strength.of(access.op()) == Strength.LOAD_ACQUIRE;
    int earliest = isAcquire ? Math.max(view.floor, view.released) : view.floor;
    for (long half = half(access.addr()); half < end(access); half++) {
      if (own(view, half) == null) {
        earliest = Math.max(earliest, view.seen(half));
      }
    }
    return earliest;
  }

  private static long end(Access access) {
    return half(access.addr()) + halves(access.op());
  }

  /** Whether a store wrote something that the load takes from memory. */
  private static boolean reaches(View view, Access access, Stored stored) {
    for (long half = half(access.addr()); half < end(access); half++) {
      if (stored.covers(half) && own(view, half) == null) {
        return true;
      }
    }
    return false;
  }

  /** The newest own store that covers the half, or null. */
  private static @Nullable Waiting own(View view, long half) {
    for (int i = view.buffer.length - 1; i >= 0; i--) {
      if (view.buffer[i].covers(half)) {
        return view.buffer[i];
      }
    }
    return null;
  }

  /** The CPU for which an age or an entry is being chosen, or -1: nobody else steps meanwhile. */
  public int choosing() {
    for (int c = 0; c < state.views.length; c++) {
      if (state.views[c].age > 0) {
        return c;
      }
    }
    return -1;
  }

  /**
   * Whether the next access of a CPU may be made one older, or one entry of its buffer more be
   * passed over.
   *
   * @param next what its code wants to do, or null
   */
  public boolean canAge(int cpu, @Nullable Access next) {
    View view = state.views[cpu];
    int ages = next != null && isReady(view, next) ? ages(view, next) : 0;
    return view.age + 1 < Math.max(ages, leaving(view));
  }

  /** Whether the next load of a CPU is to take what was overwritten. */
  public boolean isOlder(int cpu) {
    return state.views[cpu].age > 0;
  }

  /** Chooses so. */
  public void age(int cpu) {
    View view = state.views[cpu].copy();
    view.age++;
    put(cpu, view, state.history);
  }

  private void put(int cpu, View view, Stored[] history) {
    View[] views = state.views.clone();
    views[cpu] = view;
    state = new State(views, history);
  }

  // ---- accesses

  /**
   * Makes the access, or puts it into the buffer.
   *
   * @param rider goes with it if it waits
   * @return what the CPU sees; 0 of what waits
   */
  public long perform(int cpu, Access access, @Nullable Object rider, long mixed) {
    View view = state.views[cpu].copy();
    int age = view.age;
    view.age = 0;
    Stored[] history = state.history;
    long seen = 0;
    Strength strength = Strength.of(access.op());
    if (waits(access)) {
      view.buffer =
          withoutLeadingBarriers(appended(view.buffer, new Waiting(access, false, rider, mixed)));
    } else if (strength == Strength.BARRIER) {
      view.floor = switch (access.op()) {
        case MB -> Math.max(view.floor, Math.max(view.read, view.wrote));
        case RMB -> Math.max(view.floor, view.read);
        default -> view.floor;
      };
    } else if (strength.isLoad()) {
      seen = load(cpu, view, access, time(view, access, age), strength);
    } else if (strength != Strength.ATOMIC && !succeeds(access)) {
      seen = memory.perform(access.op(), access.addr(), access.a(), access.b());
      load(cpu, view, access, now(), Strength.LOAD);
    } else {
      history = stored(cpu, access, true);
      seen = memory.perform(access.op(), access.addr(), access.a(), access.b());
      acted(cpu, view, access, strength, history.length);
    }
    put(cpu, view, history);
    return seen;
  }

  /** Whether the access waits in the buffer of its CPU until it becomes visible. */
  public boolean waits(Access access) {
    return switch (Strength.of(access.op())) {
      case STORE, STORE_RELEASE -> true;
      case ATOMIC, ATOMIC_RELEASE -> isArm;
      case BARRIER -> isArm && access.op() == Op.WMB;
      default -> false;
    };
  }

  private static Waiting[] appended(Waiting[] buffer, Waiting last) {
    Waiting[] longer = Arrays.copyOf(buffer, buffer.length + 1);
    longer[buffer.length] = last;
    return longer;
  }

  /**
   * Lets a word to the checker wait behind all that the CPU has stored until now. There is some:
   * the CPU is not {@linkplain #isDrained(int) drained}.
   */
  public void say(int cpu, Object rider, long mixed) {
    View view = state.views[cpu].copy();
    view.buffer = appended(view.buffer, new Waiting(null, false, rider, mixed));
    put(cpu, view, state.history);
  }

  /**
   * The next word to the checker for which no store of the CPU waits any more, or null; what the
   * CPU has written to memory of its own in front of it is done.
   */
  public @Nullable Object takeSaid(int cpu) {
    Waiting[] buffer = state.views[cpu].buffer;
    int first = 0;
    while (first < buffer.length && !buffer[first].isStore() && buffer[first].access != null) {
      if (buffer[first].isPrivate) {
        Access made = buffer[first].made();
        memory.perform(made.op(), made.addr(), made.a(), made.b());
      }
      first++;
    }
    boolean isSaid = first < buffer.length && buffer[first].access == null;
    if (first == 0 && !isSaid) {
      return null;
    }
    View view = state.views[cpu].copy();
    view.buffer = Arrays.copyOfRange(buffer, isSaid ? first + 1 : first, buffer.length);
    put(cpu, view, state.history);
    return isSaid ? buffer[first].rider : null;
  }

  /** What the CPU sees in memory of its own, where stores of it wait. */
  public long peekPrivate(int cpu, Access access) {
    View view = state.views[cpu];
    long old = word(view, access, now());
    return access.op().width() == Long.BYTES
        ? ArenaMemory.seen64(access.op(), old, old, access.a())
        : ArenaMemory.seen32(access.op(), (int) old, (int) old, (int) access.a(), (int) access.b());
  }

  /** Accesses memory of the CPU alone, behind stores of it that wait. */
  public long performPrivate(int cpu, Access access) {
    View view = state.views[cpu].copy();
    long old = word(view, access, now());
    boolean isWide = access.op().width() == Long.BYTES;
    long now = isWide
        ? ArenaMemory.after64(access.op(), old, access.a(), access.b())
        : ArenaMemory.after32(access.op(), (int) old, (int) access.a(), (int) access.b());
    if (now != old) {
      Op write = isWide ? Op.WRITE64 : Op.WRITE32;
      Access stored = new Access(write, access.addr(), now, 0, access.view());
      view.buffer = appended(view.buffer, new Waiting(stored, true, null, 0));
      put(cpu, view, state.history);
    }
    return isWide
        ? ArenaMemory.seen64(access.op(), old, now, access.a())
        : ArenaMemory.seen32(access.op(), (int) old, (int) now, (int) access.a(), (int) access.b());
  }

  private static Waiting[] withoutLeadingBarriers(Waiting[] buffer) {
    int first = 0;
    while (first < buffer.length && buffer[first].isBarrier()) {
      first++;
    }
    return first == 0 ? buffer : Arrays.copyOfRange(buffer, first, buffer.length);
  }

  /** An atomic has read and written memory as it is. */
  private void acted(int cpu, View view, Access access, Strength strength, int time) {
    if (!isArm) {
      return;
    }
    for (long half = half(access.addr()); half < end(access); half++) {
      int before = timeOf(half, time - 1);
      if (isOthers(cpu, before) || strength == Strength.ATOMIC_FULL) {
        view.read = Math.max(view.read, before);
      }
      view.saw(half, time);
    }
    view.wrote = time;
    view.floor = Math.max(time, view.released);
  }

  /** The time that a load of this age sees. */
  private int time(View view, Access access, int age) {
    int time = now();
    for (int left = age; left > 0; left--) {
      while (!reaches(view, access, state.history[time - 1])) {
        time--;
      }
      time--;
    }
    return time;
  }

  private long load(int cpu, View view, Access access, int time, Strength strength) {
    long word = word(view, access, time);
    if (isArm) {
      int floor = view.floor;
      for (long half = half(access.addr()); half < end(access); half++) {
        int stored = own(view, half) == null ? timeOf(half, time) : 0;
        view.saw(half, stored);
        if (isOthers(cpu, stored)) {
          view.read = Math.max(view.read, stored);
          floor = strength == Strength.LOAD_ACQUIRE ? Math.max(floor, stored) : floor;
        }
      }
      view.floor = strength == Strength.LOAD_ACQUIRE ? Math.max(floor, view.released) : floor;
    }
    return answer(access, word);
  }

  private boolean isOthers(int cpu, int time) {
    return time > 0 && (state.history[time - 1].cpu != cpu || state.history[time - 1].isAtomic);
  }

  /** When the half got the value that it has at a time. */
  private int timeOf(long half, int at) {
    int time = at;
    while (time > 0 && !state.history[time - 1].covers(half)) {
      time--;
    }
    return time;
  }

  /** The word, or the 32-bit one, as a load sees it. */
  private long word(View view, Access access, int time) {
    long low = Integer.toUnsignedLong(value(view, half(access.addr()), time));
    return access.op().width() == Integer.BYTES
        ? (int) low
        : low | (long) value(view, half(access.addr()) + 1, time) << Integer.SIZE;
  }

  private int value(View view, long half, int time) {
    Waiting own = own(view, half);
    if (own != null) {
      return own.value(half);
    }
    int value = memory.half(Arena.BASE + half * HALF);
    for (int t = now(); t > time; t--) {
      Stored stored = state.history[t - 1];
      value = stored.covers(half) ? stored.before(half) : value;
    }
    return value;
  }

  private static long answer(Access access, long word) {
    return switch (access.op()) {
      case READ_BITS64 -> word & access.a();
      case READ_IF64 -> (word & access.a()) != 0 ? word : 0;
      case POSITIVE32 -> (int) word > 0 ? 1 : 0;
      case IS32 -> (int) word == (int) access.a() ? 1 : 0;
      case WAIT64 -> 0;
      default -> word;
    };
  }

  // ---- what leaves the buffers

  /** Entries of a CPU's buffer that may leave it now. */
  private int leaving(View view) {
    int count = 0;
    for (int i = 0; i < view.buffer.length; i++) {
      count += mayLeave(view, i) ? 1 : 0;
    }
    return count;
  }

  private boolean mayLeave(View view, int index) {
    Waiting entry = view.buffer[index];
    if (!entry.isStore()) {
      return false;
    }
    for (int i = 0; i < index; i++) {
      Waiting earlier = view.buffer[i];
      boolean isBefore = !isArm || entry.isRelease() || earlier.overlaps(entry.made());
      if (earlier.isBarrier() || (isBefore && earlier.isStore())) {
        return false;
      }
    }
    return true;
  }

  /** Whether an entry of a CPU's buffer can become visible, the chosen one if one is chosen. */
  public boolean canLeave(int cpu) {
    View view = state.views[cpu];
    return view.age < leaving(view);
  }

  /** The entry that becomes visible next: the oldest that may leave, or the one that was chosen. */
  public Waiting leaving(int cpu) {
    View view = state.views[cpu];
    return view.buffer[leavingAt(view)];
  }

  private int leavingAt(View view) {
    int index = 0;
    for (int left = view.age; !mayLeave(view, index) || left-- > 0; ) {
      index++;
    }
    return index;
  }

  /** Makes it visible. */
  public void leave(int cpu) {
    View view = state.views[cpu].copy();
    int index = leavingAt(view);
    view.age = 0;
    Waiting entry = view.buffer[index];
    Access access = entry.made();
    Stored[] history = stored(cpu, access, entry.isAtomic());
    memory.perform(access.op(), access.addr(), access.a(), access.b());
    Waiting[] rest = new Waiting[view.buffer.length - 1];
    System.arraycopy(view.buffer, 0, rest, 0, index);
    System.arraycopy(view.buffer, index + 1, rest, index, rest.length - index);
    view.buffer = withoutLeadingBarriers(rest);
    if (isArm) {
      for (long half = half(access.addr()); half < end(access); half++) {
        view.saw(half, history.length);
      }
      view.wrote = history.length;
      view.released = entry.isRelease() ? history.length : view.released;
    }
    put(cpu, view, history);
  }

  /** The history with what is about to be overwritten. */
  private Stored[] stored(int cpu, Access access, boolean isAtomic) {
    if (!isArm) {
      return state.history;
    }
    long addr = access.addr();
    boolean isWide = access.op().width() == Long.BYTES;
    Stored[] history = Arrays.copyOf(state.history, now() + 1);
    history[now()] = new Stored(
        half(addr),
        halves(access.op()),
        memory.half(addr),
        isWide ? memory.half(addr + HALF) : 0,
        cpu,
        isAtomic);
    return history;
  }

  /**
   * Forgets the times that nobody can see any more.
   *
   * @param isOver CPUs that make no more accesses, as a set
   */
  public void forget(int isOver) {
    if (!isArm) {
      return;
    }
    int times = now();
    for (int c = 0; c < state.views.length; c++) {
      times = (isOver >>> c & 1) != 0 ? times : Math.min(times, state.views[c].floor);
    }
    if (now() - times > HISTORY_MAX) {
      isBounded = true;
      times = now() - HISTORY_MAX;
    }
    View[] views = new View[state.views.length];
    for (int c = 0; c < views.length; c++) {
      views[c] = state.views[c].copy();
      views[c].floor = Math.max(views[c].floor, times);
      views[c].shift(times, (isOver >>> c & 1) != 0);
    }
    state = new State(views, Arrays.copyOfRange(state.history, times, now()));
  }
}
