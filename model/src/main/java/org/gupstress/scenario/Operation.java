// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.List;
import java.util.function.Predicate;
import org.gupstress.design.Mm;
import org.gupstress.memory.Cpu;
import org.jspecify.annotations.Nullable;

/**
 * What a CPU does without giving up its locals: a system call, a drain, one pass of reclaim.
 *
 * @param name as a trace calls it
 * @param kind on which side it stands where pins meet what else happens to pages
 * @param due what must be so before it begins; null if it may at any time. Nobody waits for it:
 *     where everybody else is done and it is not due, it never comes, and neither does what stands
 *     behind it in its program
 * @param isPatient whether it begins only where nobody else can go on
 * @param line where a user's program makes it, or empty
 * @param writes the registers that it may write, a bit for each; all if nobody has said
 */
public record Operation(
    String name,
    Kind kind,
    Body body,
    @Nullable Predicate<Mm> due,
    boolean isPatient,
    String line,
    int writes) {
  /** Frames among which whoever makes an operation is found. */
  private static final int NEAR = 6;

  /** What an operation is to the page. */
  public enum Kind {
    /** Of the pin API: pins the page, gives the pin back, or asks for it. */
    PIN,
    /** Anything else that happens to pages. */
    KERNEL,
    /** Of a scenario alone: devices, short cuts, CPUs that wait for each other. */
    SCENERY
  }

  /** What may write any register. */
  public Operation(
      String name,
      Kind kind,
      Body body,
      @Nullable Predicate<Mm> due,
      boolean isPatient,
      String line) {
    this(name, kind, body, due, isPatient, line, ~0);
  }

  /** What may begin at any time. */
  public Operation(String name, Kind kind, Body body) {
    this(name, kind, body, null, false, nearest());
  }

  /** The nearest line of code that is not of this project. */
  private static String nearest() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .limit(NEAR)
            .filter(frame -> !frame.getClassName().startsWith("org.gupstress.")
                && !frame.getClassName().startsWith("java."))
            .findFirst()
            .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
            .orElse(""));
  }

  /** What else happens to pages. */
  public Operation(String name, Body body) {
    this(name, Kind.KERNEL, body);
  }

  /** The same, as a device does it that has to be asked first: it begins where this is so. */
  public Operation when(Predicate<Mm> condition) {
    return new Operation(name, kind, body, condition, isPatient, line, writes);
  }

  /**
   * The same, as a device that takes its time: it comes where everybody else waits or is done.
   * Fewer interleavings, and the same deadlocks.
   */
  public Operation patiently() {
    return new Operation(name, kind, body, due, true, line, writes);
  }

  /** The same, which is known to write these registers alone. */
  public Operation writing(int... registers) {
    int bits = 0;
    for (int register : registers) {
      bits |= 1 << register;
    }
    return new Operation(name, kind, body, due, isPatient, line, bits);
  }

  /** The same with another body. */
  Operation doing(Body other) {
    return new Operation(name, kind, other, due, isPatient, line, writes);
  }

  /** Whether it may begin, by a look that takes no step. */
  public boolean isDue(Mm mm) {
    return due == null || due.test(mm);
  }

  /**
   * A program as it is performed: a driver that gives something back a second time, with nothing in
   * between that could have put something else there, does so with what it gave back first.
   */
  public static List<Operation> performed(List<Operation> program) {
    return GiveBack.again(program);
  }

  /** The code: a function of what it reads from the memory of the machine. */
  @FunctionalInterface
  public interface Body {
    void run(Mm mm, Cpu cpu);
  }
}
