// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gupstress.memory.Access;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Op;
import org.jspecify.annotations.Nullable;

/**
 * A turn of a loop that waits for others: accesses that leave memory as it was, made twice in a row
 * with the same answers, and again and again as long as the answers stay the same. Whoever is in
 * such a loop does not step until one of them would be answered otherwise: a fair scheduler lets
 * the others run. Where nobody is left to change an answer, the loop never ends.
 *
 * <p>Reads, tests and failed attempts (trylock, cmpxchg, get_unless_zero) leave memory as it was;
 * so does a lock that is taken and given back within the turn, and so do a CPU's writes to memory
 * of its own, which are the same in each turn.
 *
 * <p>Bound: the code is followed up to {@link Machine#OPERATION_STEPS_MAX} accesses of the
 * operation. A loop that would give up behind that is taken for one that never does, as is every
 * operation that makes more; one that gives up before is explored to its end.
 *
 * @param accesses from here to here again
 * @param answers what each of them sees
 * @param written private words that the turn writes
 * @param isPure whether no other CPU can see that it turns
 */
record Spin(List<Access> accesses, List<Long> answers, Set<Long> written, boolean isPure) {
  private static final int TURN_MAX = 12;

  /** Which memory is private to the context. */
  @FunctionalInterface
  interface Privacy {
    boolean isPrivate(long addr);
  }

  /** Goes on from a node with an answer. */
  @FunctionalInterface
  interface Walk {
    Local from(Local at, long seen);
  }

  /** The loop in which a context is that stands here, or null if it is in none. */
  static @Nullable Spin of(Local at, Privacy own, Walk walk) {
    for (int turn = 1; turn <= TURN_MAX && 2 * turn <= at.depth; turn++) {
      if (isRepeated(at, turn)) {
        Spin spin = last(at, turn, own);
        return spin != null && goesOn(at, turn, walk) ? spin : null;
      }
    }
    return null;
  }

  /** Whether the last accesses were made just so before them, and seen the same. */
  private static boolean isRepeated(Local at, int turn) {
    Local now = at;
    Local before = at.up(turn);
    for (int i = 0; i < turn; i++) {
      if (now.seen != before.seen
          || !now.made().equals(before.made())
          || !now.notes.equals(before.notes)) {
        return false;
      }
      now = now.up(1);
      before = before.up(1);
    }
    return true;
  }

  /** The last turn, or null if it does not leave memory as it was. */
  private static @Nullable Spin last(Local at, int turn, Privacy own) {
    List<Access> accesses = new ArrayList<>();
    List<Long> answers = new ArrayList<>();
    boolean isPure = true;
    for (int i = turn - 1; i >= 0; i--) {
      Local node = at.up(i);
      Access made = node.made();
      boolean isLock = isLock(made.op());
      if (!isLock && !own.isPrivate(made.addr()) && !isIdle(made, node.seen)) {
        return null;
      }
      if (node.held.count() < at.held.count()) {
        // others may wait for what it holds here and not there
        return null;
      }
      isPure &= !isLock;
      accesses.add(made);
      answers.add(node.seen);
    }
    if (at.up(turn).held.mixed() != at.held.mixed()) {
      return null;
    }
    Set<Long> written = accesses.stream()
        .filter(made -> own.isPrivate(made.addr()) && !made.op().readsOnly())
        .map(Access::addr)
        .collect(Collectors.toSet());
    return new Spin(accesses, answers, written, isPure);
  }

  private static boolean isLock(Op op) {
    return switch (op) {
      case LOCK, UNLOCK, LOCK_BITS64, UNLOCK_BITS64 -> true;
      default -> false;
    };
  }

  /** Whether an access that saw this has left memory as it was. */
  private static boolean isIdle(Access made, long seen) {
    return switch (made.op()) {
      case TEST_SET64 -> seen != 0 && Long.bitCount(made.a()) == 1;
      case TEST_CLEAR64, CAS32, ADD_UNLESS32 -> seen == 0;
      default -> made.op().readsOnly();
    };
  }

  /**
   * Whether the code makes its last accesses again and again for the same answers, until it has
   * made more than an operation may.
   */
  static boolean goesOn(Local from, int turn, Walk walk) {
    Local at = from;
    for (int i = 0; at.depth <= Machine.OPERATION_STEPS_MAX; i++) {
      Local before = from.up(turn - 1 - i % turn);
      if (at.kind != Local.Kind.WANTS || !Local.wanted(at).equals(before.made())) {
        return false;
      }
      at = walk.from(at, before.seen);
    }
    return true;
  }

  /** Whether an access of the next turn would see something else. */
  boolean wouldDiffer(ArenaMemory memory) {
    for (int i = 0; i < accesses.size(); i++) {
      Access access = accesses.get(i);
      boolean isMapped = memory.isMapped(access.addr(), access.op().width());
      if (!isMapped || (!written.contains(access.addr()) && differs(memory, access, i))) {
        return true;
      }
    }
    return false;
  }

  private boolean differs(ArenaMemory memory, Access access, int i) {
    return switch (access.op()) {
      case TEST_SET64 -> (memory.word(access.addr()) & access.a()) == 0;
      case TEST_CLEAR64 -> (memory.word(access.addr()) & access.a()) != 0;
      case CAS32 -> memory.half(access.addr()) == (int) access.a();
      case ADD_UNLESS32 -> memory.half(access.addr()) != (int) access.b();
      default ->
        access.op().readsOnly()
            && memory.perform(access.op(), access.addr(), access.a(), access.b()) != answers.get(i);
    };
  }
}
