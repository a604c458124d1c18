// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.page.Ref;

/**
 * Every pin from get_user_pages to its unpin: whether it is counted and seen meanwhile, whether
 * whoever gives it back has it, whether devices write through it alone, and whether the query's
 * answers are true.
 */
final class Pins {
  // of Actor.talk: the page it asks about, the page it has announced to give back, plus 1 each
  private static final int ASKED = 0;
  private static final int ANNOUNCED = 8;
  private static final long BYTE = 0xff;

  /** A pin was live ever since the question was asked. */
  private static final long ALL_THE_TIME = 1 << 16;

  private final ArenaMemory memory;
  private final Mm mm;
  private final PinDesign design;
  private final PageState state;
  private final Findings findings;
  private final Actor[] actors;
  private final Registers registers;

  Pins(ArenaMemory memory, Mm mm, PageState state, Findings findings, Actor[] actors) {
    this.memory = memory;
    this.mm = mm;
    this.design = mm.design();
    this.state = state;
    this.findings = findings;
    this.actors = actors.clone();
    this.registers = new Registers(memory, mm);
  }

  Registers registers() {
    return registers;
  }

  // ---- after every step

  /** While a pin is live, the design counts it and its bytes say so. */
  void check(int p) {
    if (state.live(p) == 0 || !design.hasQuery() || isUncounted(p)) {
      return;
    }
    if (!design.isPinned(mm, mm.page().address(p))) {
      findings.report(
          Harm.PIN_INVISIBLE,
          () -> state.name(p) + " has " + state.live(p) + " live pin(s), the query says no");
    }
    if (state.pinCount(p) < state.counted(p)) {
      findings.report(
          Harm.PIN_RELEASED,
          () -> String.format(
              "%s: %d counted pin(s) are live, the design accounts for %d",
              state.name(p), state.counted(p), state.pinCount(p)));
    }
  }

  /** Of the zero page, later releases count no pins: nobody may write it anyway. */
  private boolean isUncounted(int p) {
    return mm.page().isUncountedZero(mm.page().address(p));
  }

  // ---- getting and giving back

  void held(Actor actor, int p, int register) {
    state.addLive(p, 1);
    boolean isCounted = design.hasQuery() && state.pinCount(p) > state.counted(p);
    registers.take(actor.cpu, register, p, state.generation(p), isCounted);
    if (isCounted) {
      state.addCounted(p, 1);
    } else if (design.hasQuery() && !isUncounted(p)) {
      findings.report(
          Harm.PIN_UNCOUNTED,
          () -> String.format(
              "cpu%d holds a pin on %s; %d counted pin(s) were live before it, the design accounts for"
                  + " %d",
              actor.cpu, state.name(p), state.counted(p), state.pinCount(p)));
    }
    check(p);
  }

  /** A caller says through which register it gives back a pin; the unpin itself follows. */
  void released(Actor actor, int p, int register) {
    setTalk(actor, ANNOUNCED, p + 1);
    if (registers.holds(actor.cpu, register, p)) {
      release(actor.cpu, register, p);
    } else if (isLost(p) && !registers.hasGivenBack(actor.cpu, register, p)) {
      // moved from another register
      lost(p);
    } else {
      denied(actor, p, register);
    }
    registers.giveBack(actor.cpu, register, state.generation(p));
  }

  /** The unpin begins; whoever has announced nothing gives back whichever pin there is. */
  void unpins(Actor actor, int p) {
    if (talk(actor, ANNOUNCED) == p + 1) {
      setTalk(actor, ANNOUNCED, 0);
      return;
    }
    int own = registers.holder(actor.cpu, p);
    if (own >= 0) {
      release(actor.cpu, own, p);
    } else if (isLost(p)) {
      lost(p);
    } else {
      for (int cpu = 0; cpu < mm.cpus(); cpu++) {
        int other = registers.holder(cpu, p);
        if (other >= 0) {
          // a completion that runs elsewhere
          release(cpu, other, p);
          return;
        }
      }
      denied(actor, p, -1);
    }
  }

  private void release(int cpu, int register, int p) {
    if (registers.isCounted(cpu, register)) {
      state.addCounted(p, -1);
    }
    registers.giveBack(cpu, register, state.generation(p));
    unpinned(p);
  }

  /** Whether a pin is live that no register is known to hold. */
  private boolean isLost(int p) {
    return state.live(p) - state.lent(p) > registers.holders(p);
  }

  private void lost(int p) {
    state.addCounted(p, state.counted(p) > 0 ? -1 : 0);
    unpinned(p);
  }

  private void unpinned(int p) {
    state.addLive(p, -1);
    if (state.live(p) > 0) {
      return;
    }
    for (Actor actor : actors) {
      if (talk(actor, ASKED) == p + 1) {
        memory.setGhost(actor.talk, memory.ghost(actor.talk) & ~ALL_THE_TIME);
      }
    }
  }

  private void denied(Actor actor, int p, int register) {
    boolean reused =
        register >= 0 && registers.generation(actor.cpu, register) != state.generation(p);
    if (state.isFree(p) || reused) {
      late(actor, p);
      return;
    }
    findings.report(
        Harm.NOT_HELD,
        () -> actor
            + " gives back a pin on "
            + state.name(p)
            + " that it does not have: "
            + (register >= 0 && registers.hasGivenBack(actor.cpu, register, p)
                ? "it has given it back before"
                : "it never got one")
            + "; held by "
            + state.ledger.describe(p));
  }

  /** An unpin by somebody who knows that it has no reference any more. */
  void lateUnpin(Actor actor, int p, int register) {
    boolean reused = registers.generation(actor.cpu, register) != state.generation(p);
    if (state.isFree(p) || reused) {
      late(actor, p);
    }
  }

  private void late(Actor actor, int p) {
    findings.report(
        Harm.UNPIN_AFTER_FREE,
        () -> state.name(p)
            + (state.isFree(p) ? " is free" : " belongs to a new owner")
            + " when cpu"
            + actor.cpu
            + " unpins it");
  }

  void freed(int p) {
    if (state.live(p) > 0) {
      registers.freed(p, state.generation(p));
    }
  }

  /** A word of a CPU's private block is about to be written. */
  void privateWrite(int cpu, long addr) {
    int register = registers.at(cpu, addr);
    if (register >= 0) {
      registers.overwritten(cpu, register);
    }
  }

  // ---- devices

  /** A device has written to the page, through a pin in a register or by other means. */
  void dma(Actor actor, int p, int register) {
    boolean isGivenBack = register >= 0 && registers.hasGivenBack(actor.cpu, register, p);
    boolean isHeld = !isGivenBack
        && (state.live(p) > 0
            || state.ledger.plain(p)
                > state.live(p) * design.refsPerPin(mm, mm.page().address(p)));
    if (state.isFree(p) || !isHeld) {
      findings.report(
          Harm.LATE_DMA,
          () -> "a device writes to "
              + state.name(p)
              + (state.isFree(p)
                  ? ", which is free"
                  : register >= 0
                      ? " through a pin that was given back"
                      : ", on which there is no pin")
              + "; it is held by "
              + state.ledger.describe(p));
    }
  }

  // ---- the query

  void asks(Actor actor, int p) {
    setTalk(actor, ASKED, p + 1);
    long word = memory.ghost(actor.talk) & ~ALL_THE_TIME;
    memory.setGhost(actor.talk, word | (state.live(p) > 0 ? ALL_THE_TIME : 0));
  }

  void answered(Actor actor, int p, boolean pinned) {
    boolean allTheTime = (memory.ghost(actor.talk) & ALL_THE_TIME) != 0;
    if (talk(actor, ASKED) == p + 1 && allTheTime && !pinned && design.hasQuery()) {
      findings.report(
          Harm.PIN_INVISIBLE,
          () -> actor
              + " is told that "
              + state.name(p)
              + " is not pinned, and a pin was live from the question to the answer; "
              + state.live(p)
              + " are now");
    }
    memory.setGhost(actor.talk, memory.ghost(actor.talk) & ~ALL_THE_TIME);
    setTalk(actor, ASKED, 0);
  }

  void operationEnded(Actor actor) {
    memory.setGhost(actor.talk, 0);
  }

  private int talk(Actor actor, int shift) {
    return (int) (memory.ghost(actor.talk) >>> shift & BYTE);
  }

  private void setTalk(Actor actor, int shift, long value) {
    long word = memory.ghost(actor.talk) & ~(BYTE << shift);
    memory.setGhost(actor.talk, word | value << shift);
  }

  // ---- when no operation is running

  /** Every live pin is in somebody's register; at the end there is none, unless it is to stay. */
  void quiescent(int p, boolean isEnd, boolean mayStay) {
    int live = state.live(p) - state.lent(p);
    if (live == 0) {
      return;
    }
    int claimants = registers.claimants(p);
    if (live > claimants) {
      findings.report(
          Harm.PIN_LEFT,
          () -> String.format(
              "%s has %d live pin(s), and %d register(s) hold it: nobody can give the others back%s",
              state.name(p), live, claimants, takers(p)));
    } else if (isEnd && !mayStay) {
      findings.report(
          Harm.PIN_LEFT,
          () -> String.format(
              "everything has run and %s has %d live pin(s)%s; a scenario that means it says"
                  + " keepingPins()",
              state.name(p), live, takers(p)));
    }
  }

  private String takers(int p) {
    return state.holders.of(p, Ref.GUP);
  }
}
