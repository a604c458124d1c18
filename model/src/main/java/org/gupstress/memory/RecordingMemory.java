// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    record Wants(Access access, List<Caller> callers) implements Outcome {}

    /** The operation returned. */
    record Returned() implements Outcome {}

    /** A VM_BUG_ON fired. */
    record Bug(String text) implements Outcome {}

    /**
     * The code broke the contract of an operation: it threw, or it did something else than before.
     *
     * @param thrown null if it threw nothing
     */
    record Fault(String text, @Nullable Throwable thrown) implements Outcome {
      Fault(String text) {
        this(text, null);
      }
    }
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
  private final Arena names;
  private final boolean isWeak;
  private final List<Access> expected = new ArrayList<>();
  private final List<Long> answers = new ArrayList<>();
  private final List<Noted> notes = new ArrayList<>();
  private int position;
  private boolean stopped;
  private Outcome outcome = new Outcome.Returned();

  /** Says addresses as numbers. */
  public RecordingMemory(boolean traced) {
    this(traced, new Arena(0));
  }

  /**
   * Records for the machine of an arena.
   *
   * @param traced whether to find out, for every access, which methods led to it
   * @param names for what is said about accesses
   */
  public RecordingMemory(boolean traced, Arena names) {
    this(traced, names, MemoryModel.SC);
  }

  /**
   * Records for the machine of an arena.
   *
   * @param model whether strengths of accesses are recorded, and barriers
   */
  public RecordingMemory(boolean traced, Arena names, MemoryModel model) {
    this.traced = traced;
    this.names = names;
    this.isWeak = model.isWeak();
  }

  @Override
  protected boolean isWeak() {
    return isWeak;
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
    stopped = false;
    notes.clear();
    through(View.FIELD);
    outcome = new Outcome.Returned();
    try {
      operation.run();
    } catch (Stop stop) {
      return outcome;
    } catch (OutOfMemoryError full) {
      // the search may have taken the memory, not the operation
      throw full;
    } catch (Throwable thrown) {
      return new Outcome.Fault("threw " + thrown + after(), thrown);
    }
    if (stopped) {
      return new Outcome.Fault("caught the signal that stops it: it must not catch exceptions");
    }
    return position < answers.size()
        ? new Outcome.Fault(
            "returned on re-execution where it did \"" + describe(position) + "\" before")
        : new Outcome.Returned();
  }

  /** The notes made after the last answered access. */
  public List<Noted> notes() {
    return List.copyOf(notes);
  }

  @Override
  protected long access(Op op, long addr, long a, long b, View through) {
    if (stopped) {
      throw new Stop();
    }
    Access access = new Access(op, addr, a, b, through);
    if (position == answers.size()) {
      outcome =
          new Outcome.Wants(access, traced ? Caller.walk(RecordingMemory.class, "run") : List.of());
      throw stop();
    }
    if (!access.equals(expected.get(position))) {
      outcome = new Outcome.Fault("access "
          + (position + 1)
          + " differs on re-execution: first "
          + describe(position)
          + ", then "
          + access.describe(names));
      throw stop();
    }
    return answers.get(position++);
  }

  @Override
  public void note(Note note, long about, long detail, long amount) {
    if (position == answers.size() && !stopped) {
      notes.add(new Noted(note, about, detail, amount));
    }
  }

  @Override
  public void bug(String text) {
    if (stopped) {
      throw new Stop();
    }
    outcome = position == answers.size()
        ? new Outcome.Bug(text)
        : new Outcome.Fault("fired \"" + text + "\" on re-execution only");
    throw stop();
  }

  /** From now on nothing the operation does counts, even if it goes on. */
  private Stop stop() {
    stopped = true;
    return new Stop();
  }

  private String after() {
    return position == 0 ? " before its first access" : " after " + describe(position - 1);
  }

  private String describe(int index) {
    return expected.get(index).describe(names);
  }
}
