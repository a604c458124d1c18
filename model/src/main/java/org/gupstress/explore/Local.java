// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.gupstress.claim.HeldLocks;
import org.gupstress.claim.LockUse;
import org.gupstress.memory.Access;
import org.gupstress.memory.Caller;
import org.gupstress.memory.RecordingMemory.Noted;
import org.jspecify.annotations.Nullable;

/**
 * Where a CPU is inside an operation, and what it has seen since the operation began: a node of the
 * tree of all ways through the operation. The code is run only to find a node that has not been met
 * before; from then on the node says what the code would do.
 */
final class Local {
  /** How the code goes on from here. */
  enum Kind {
    /** It wants to make the access {@link #next}. */
    WANTS,
    /** The operation has returned. */
    RETURNED,
    /** An assertion fired. */
    BUG,
    /** The code broke the contract of operations. */
    FAULT
  }

  private static final int CIRCLING = 64;
  private static final int TURN_MAX = 12;

  final @Nullable Local parent;
  final long seen;
  final int operation;
  final int depth;
  final long pathHash;

  final Kind kind;
  final @Nullable Access next;
  final boolean isPrivate;
  final List<Noted> notes;

  /** The locks that the context holds here. */
  final HeldLocks held;

  /** What the access that led here means to lockdep, or null. */
  final @Nullable LockUse lockUse;

  /** The functions that lead to the next access, outermost first, if they are asked for. */
  final List<Caller> callers;

  /** What fired or broke. */
  final String text;

  private final boolean mayTurn;
  private long[] values = {};
  private Local[] children = {};
  private @Nullable Local following;

  Local(
      @Nullable Local parent,
      long seen,
      int operation,
      long pathHash,
      Kind kind,
      @Nullable Access next,
      boolean isPrivate,
      List<Noted> notes,
      HeldLocks held,
      @Nullable LockUse lockUse,
      List<Caller> callers,
      String text) {
    this.parent = parent;
    this.seen = seen;
    this.operation = operation;
    this.depth = parent == null ? 0 : parent.depth + 1;
    this.pathHash = pathHash;
    this.kind = kind;
    this.next = next;
    this.isPrivate = isPrivate;
    this.notes = notes;
    this.held = held;
    this.lockUse = lockUse;
    this.callers = callers;
    this.text = text;
    this.mayTurn = isAgain();
  }

  /** The access that led here; there is one unless it is a start. */
  Access made() {
    return wanted(Objects.requireNonNull(parent));
  }

  /** Whether it wants to make an access again that it has just made: it may be in a loop. */
  boolean mayTurn() {
    return mayTurn;
  }

  private boolean isAgain() {
    if (kind != Kind.WANTS || depth < 2) {
      return false;
    }
    Local before = this;
    for (int i = 0; i < TURN_MAX && before.parent != null; i++) {
      before = before.parent;
      if (wanted(before).equals(next)) {
        return true;
      }
    }
    return false;
  }

  /** The node so many accesses before this one. */
  Local up(int accesses) {
    Local at = this;
    for (int i = 0; i < accesses; i++) {
      at = Objects.requireNonNull(at.parent);
    }
    return at;
  }

  /** The access that a node {@linkplain Kind#WANTS wants} to make. */
  static Access wanted(Local at) {
    return Objects.requireNonNull(at.next);
  }

  /**
   * How many accesses were made again and again of late, and saw the same each time; 0 if none
   * were. Looked at now and then only: it is looked at after every step.
   */
  int circle() {
    if (kind != Kind.WANTS || depth == 0 || depth % CIRCLING != 0) {
      return 0;
    }
    for (int turn = 1; turn <= TURN_MAX; turn++) {
      if (repeats(turn)) {
        return turn;
      }
    }
    return 0;
  }

  private boolean repeats(int turn) {
    Local before = this;
    for (int i = 0; i < turn; i++) {
      before = Objects.requireNonNull(before.parent);
    }
    Local at = this;
    for (int i = turn; i < CIRCLING; i++) {
      Local from = Objects.requireNonNull(at.parent);
      Local fromBefore = Objects.requireNonNull(before.parent);
      if (at.seen != before.seen || !wanted(from).equals(wanted(fromBefore))) {
        return false;
      }
      at = from;
      before = fromBefore;
    }
    return true;
  }

  /** Where the operation began. */
  Local root() {
    Local root = this;
    for (Local before = parent; before != null; before = before.parent) {
      root = before;
    }
    return root;
  }

  boolean isStart() {
    return parent == null;
  }

  /** Where the code goes if its next access sees this value, or null if that was never tried. */
  @Nullable
  Local child(long value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return children[i];
      }
    }
    return null;
  }

  void addChild(Local child) {
    values = Arrays.copyOf(values, values.length + 1);
    children = Arrays.copyOf(children, children.length + 1);
    values[values.length - 1] = child.seen;
    children[children.length - 1] = child;
  }

  /** The start of the next operation, or null if nobody has come to it from here. */
  @Nullable
  Local following() {
    return following;
  }

  void setFollowing(Local start) {
    following = start;
  }
}
