// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import org.gupstress.design.PinDesign;
import org.gupstress.memory.Access;
import org.gupstress.memory.ArenaMemory;

/**
 * Every attempt of get_user_pages to get a page: where the design refuses it, or gives up what it
 * grabbed, nothing may be left of what this CPU did meanwhile, neither a reference nor a count.
 *
 * <p>What others do to the same counts meanwhile is not its business. So counts are compared before
 * and after each store of its own. A count that is given back once too often is somebody else's
 * pin, which {@link Pins} misses.
 */
final class Grabs {
  // of Actor.talk, above what Pins has there: the page plus 1, the references and the pins that it
  // has taken and not given back
  private static final int PAGE = 24;
  private static final int REFERENCES = 32;
  private static final int COUNTED = 48;
  private static final long BYTE = 0xff;
  private static final long SHORT = 0xffff;
  private static final long ALL = ~0L << PAGE;

  private final ArenaMemory memory;
  private final PinDesign design;
  private final PageState state;
  private final Findings findings;

  // of the store that is being made
  private int page = -1;
  private int before;

  Grabs(ArenaMemory memory, PinDesign design, PageState state, Findings findings) {
    this.memory = memory;
    this.design = design;
    this.state = state;
    this.findings = findings;
  }

  /** The design is asked for a page. */
  void begins(Actor actor, int p) {
    forget(actor);
    memory.setGhost(actor.talk, memory.ghost(actor.talk) | (p + 1L) << PAGE);
  }

  private void forget(Actor actor) {
    memory.setGhost(actor.talk, memory.ghost(actor.talk) & ~ALL);
  }

  /** The page that the actor tries to get, or -1. */
  private int grabbed(Actor actor) {
    return (int) (memory.ghost(actor.talk) >>> PAGE & BYTE) - 1;
  }

  private int field(Actor actor, int shift) {
    return (short) (memory.ghost(actor.talk) >>> shift);
  }

  private void add(Actor actor, int shift, long amount) {
    long value = field(actor, shift) + amount & SHORT;
    long word = memory.ghost(actor.talk) & ~(SHORT << shift);
    memory.setGhost(actor.talk, word | value << shift);
  }

  /** References of get_user_pages were taken or dropped. */
  void reference(Actor actor, int p, long amount) {
    if (grabbed(actor) == p) {
      add(actor, REFERENCES, amount);
    }
  }

  /** An access is about to be made. */
  void before(Actor actor, Access access) {
    page = access.op().readsOnly() || !design.hasQuery() ? -1 : grabbed(actor);
    if (page >= 0) {
      before = state.pinCount(page);
    }
  }

  /** That access was made; what the model says of it may come before. */
  void after(Actor actor) {
    int counted = page < 0 ? 0 : state.pinCount(page) - before;
    if (counted != 0 && grabbed(actor) == page) {
      add(actor, COUNTED, counted);
    }
    page = -1;
  }

  /** The caller has its page, or another one: then this one is given up. */
  void held(Actor actor, int p) {
    after(actor);
    int grabbed = grabbed(actor);
    if (grabbed >= 0 && grabbed != p) {
      refused(actor);
    } else {
      forget(actor);
    }
  }

  /** The page is refused, or given up. */
  void refused(Actor actor) {
    after(actor);
    int p = grabbed(actor);
    int references = field(actor, REFERENCES);
    int counted = field(actor, COUNTED);
    if (p >= 0 && (references != 0 || counted > 0)) {
      findings.report(
          Harm.GRAB_LEFT,
          () -> String.format(
              "%s is refused %s, and %s",
              actor,
              state.name(p),
              references != 0
                  ? says(references, "reference(s)")
                  : says(counted, "pin(s) in the design's count")));
    }
    forget(actor);
  }

  private static String says(int amount, String what) {
    return amount > 0
        ? amount + " " + what + " of the attempt are left"
        : -amount + " " + what + " too many are given back";
  }
}
