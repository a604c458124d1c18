// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

/**
 * One access of one CPU, before it is made.
 *
 * @param a first operand: value, mask, delta or expected value
 * @param b second operand: new value, or what add_unless compares with
 */
public record Access(Op op, long addr, long a, long b, View view) {

  // written out: what javac generates for records is set up at run time, which a short run would
  // notice
  @Override
  public boolean equals(Object other) {
    return other instanceof Access that
        && op == that.op
        && addr == that.addr
        && a == that.a
        && b == that.b
        && view == that.view;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(mixed());
  }

  /** The same access where strengths make no difference: what it does, not how it is ordered. */
  public Access plain() {
    Op plain = op.plain();
    return plain == op ? this : new Access(plain, addr, a, b, view);
  }

  /** A fingerprint that is the same in every run. */
  public long mixed() {
    return Mix.then(Mix.then(Mix.then(op.ordinal(), addr), a), b);
  }

  /** The access with the names of the arena. */
  public String describe(Arena arena) {
    String where = arena.name(addr, view);
    return switch (op) {
      case READ64, READ32, LOCK, UNLOCK -> op.verb() + " " + where;
      case READ_ACQUIRE64, READ_ACQUIRE32 -> op.verb() + " " + where + " (acquire)";
      case WRITE64 -> where + " := " + Values.word(arena, addr, a);
      case WRITE_RELEASE64 -> where + " := " + Values.word(arena, addr, a) + " (release)";
      case WRITE32 -> where + " := " + (int) a;
      case WRITE_RELEASE32 -> where + " := " + (int) a + " (release)";
      case XCHG64 -> "xchg " + where + " " + Values.word(arena, addr, a);
      case XCHG32 -> "xchg " + where + " " + (int) a;
      case MB, RMB, WMB -> op.verb();
      case READ_BITS64,
          READ_IF64,
          SET_BITS64,
          CLEAR_BITS64,
          TEST_SET64,
          TRY_LOCK64,
          TEST_CLEAR64,
          LOCK_BITS64,
          UNLOCK_BITS64 -> op.verb() + " " + Values.bits(arena, addr, a) + " in " + where;
      case POSITIVE32 -> where + " > 0?";
      case IS32 -> where + " == " + (int) a + "?";
      case ADD32, ADD_FULL32 -> where + ((int) a < 0 ? " -= " + -(int) a : " += " + (int) a);
      case SUB_TEST32 -> where + " -= " + (int) a + ", zero?";
      case SUB_RETURN32 -> where + ((int) a < 0 ? " += " + -(int) a : " -= " + (int) a);
      case ADD64, ADD_RETURN64 -> where + (a < 0 ? " -= " + -a : " += " + a);
      case ADD_UNLESS32 -> where + " += " + (int) a + " unless " + (int) b;
      case CAS32, CMPXCHG32 -> "cmpxchg " + where + " " + (int) a + " -> " + (int) b;
      case CAS64, CMPXCHG64 ->
        "cmpxchg " + where + " " + Values.word(arena, addr, a) + " -> "
            + Values.word(arena, addr, b);
      case WAIT64 -> String.format("wait until %s & 0x%x == 0x%x", where, a, b);
    };
  }

  /** The access with what the CPU saw. */
  public String describe(Arena arena, long seen) {
    String did = describe(arena);
    return switch (op) {
      case READ64, READ_ACQUIRE64, ADD_RETURN64 -> did + " = " + Values.word(arena, addr, seen);
      case READ32, READ_ACQUIRE32, SUB_RETURN32 -> did + " = " + (int) seen;
      case READ_BITS64 ->
        did + (seen == 0 ? ": clear" : ": " + Values.bits(arena, addr, seen) + " set");
      case READ_IF64, TEST_SET64, TRY_LOCK64, TEST_CLEAR64 ->
        did + (seen == 0 ? ": clear" : ": set");
      case POSITIVE32, IS32, SUB_TEST32 -> did + (seen == 0 ? " no" : " yes");
      case CMPXCHG32, XCHG32 -> did + ", was " + (int) seen;
      case CMPXCHG64, XCHG64 -> did + ", was " + Values.word(arena, addr, seen);
      case ADD_UNLESS32, CAS32, CAS64 -> did + (seen == 0 ? ": fails" : ": done");
      default -> did;
    };
  }
}
