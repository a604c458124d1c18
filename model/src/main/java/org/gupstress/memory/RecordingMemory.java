// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Replay by restart: runs an operation from its start, answers the accesses it has already made,
 * and stops it at the first new one.
 *
 * <p>Guarantees: the operation is stopped by a signal that carries no stack trace and that model
 * code never catches; an access that differs from the one made at the same place before is
 * reported, so an operation that is not a function of what it read is found.
 */
public final class RecordingMemory extends SteppedMemory {

  /** Where an operation stands after it was given its answers. */
  public sealed interface Outcome {
    /** The operation wants to make this access next. */
    record Wants(Access access, String where) implements Outcome {}

    /** The operation returned. */
    record Returned() implements Outcome {}

    /** A VM_BUG_ON fired. */
    record Bug(String text) implements Outcome {}

    /**
     * The code broke the contract of an operation: it threw, or it did something else than before.
     */
    record Fault(String text) implements Outcome {}
  }

  /** A note with its operands. */
  public record Noted(Note note, long about, long detail, long amount) {}

  /** Ends a run; without a stack trace it costs next to nothing. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Stop() {
      super(null, null, false, false);
    }
  }

  private final boolean traced;
  private final List<Access> expected = new ArrayList<>();
  private final List<Long> answers = new ArrayList<>();
  private final List<Noted> notes = new ArrayList<>();
  private int position;
  private Outcome outcome = new Outcome.Returned();

  /** @param traced whether to find out, for every access, which methods led to it */
  public RecordingMemory(boolean traced) {
    this.traced = traced;
  }

  /** Forgets all answers: the next run starts an operation. */
  public void clear() {
    expected.clear();
    answers.clear();
  }

  /** Adds what the next access must be and what it saw. */
  public void answer(Access access, long seen) {
    expected.add(access);
    answers.add(seen);
  }

  /** Runs the operation as far as the answers reach. */
  public Outcome run(Runnable operation) {
    position = 0;
    notes.clear();
    through(View.FIELD);
    outcome = new Outcome.Returned();
    try {
      operation.run();
    } catch (Stop stop) {
      return outcome;
    } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
      return new Outcome.Fault("threw " + thrown + after());
    }
    return position < answers.size()
        ? new Outcome.Fault(
            "returned on re-execution where it made access " + expected.get(position) + " before")
        : new Outcome.Returned();
  }

  /** The notes made after the last answered access. */
  public List<Noted> notes() {
    return List.copyOf(notes);
  }

  @Override
  protected long access(Op op, long addr, long a, long b, View through) {
    Access access = new Access(op, addr, a, b, through);
    if (position == answers.size()) {
      outcome = new Outcome.Wants(access, traced ? callers() : "");
      throw new Stop();
    }
    if (!access.equals(expected.get(position))) {
      outcome = new Outcome.Fault("access "
          + (position + 1)
          + " differs on re-execution: first "
          + expected.get(position)
          + ", then "
          + access);
      throw new Stop();
    }
    return answers.get(position++);
  }

  @Override
  public void note(Note note, long about, long detail, long amount) {
    if (position == answers.size()) {
      notes.add(new Noted(note, about, detail, amount));
    }
  }

  @Override
  public void bug(String text) {
    outcome = position == answers.size()
        ? new Outcome.Bug(text)
        : new Outcome.Fault("fired \"" + text + "\" on re-execution only");
    throw new Stop();
  }

  private String after() {
    return expected.isEmpty() ? " before its first access" : " after " + expected.get(position - 1);
  }

  /** The kernel functions on the stack, outermost first, in kernel spelling. */
  private static String callers() {
    List<String> found = StackWalker.getInstance()
        .walk(frames -> frames
            .filter(frame -> isKernelCode(frame.getClassName()))
            .filter(frame -> !frame.getMethodName().contains("$"))
            .map(frame -> kernelName(frame.getMethodName()))
            .toList());
    StringBuilder path = new StringBuilder();
    for (int i = found.size() - 1; i >= 0; i--) {
      if (i == found.size() - 1 || !found.get(i).equals(found.get(i + 1))) {
        path.append(path.length() == 0 ? "" : " > ").append(found.get(i));
      }
    }
    return path.toString();
  }

  /** Neither memory below the model nor the engine and the programs above it. */
  private static boolean isKernelCode(String className) {
    String memory = RecordingMemory.class.getPackageName();
    String root = memory.substring(0, memory.lastIndexOf('.') + 1);
    if (!className.startsWith(root)) {
      return false;
    }
    String inside = className.substring(root.length());
    return !inside.startsWith("memory.")
        && !inside.startsWith("scenario.")
        && !inside.startsWith("explore.");
  }

  private static String kernelName(String method) {
    return method.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
