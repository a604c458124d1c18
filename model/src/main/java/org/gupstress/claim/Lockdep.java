// SPDX-License-Identifier: Apache-2.0
package org.gupstress.claim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two rules of kernel/locking/lockdep.c, Linux 4.19, over all uses of locks that are known: a lock
 * must not be taken over another if, by whatever way, that one is taken over it; and a lock that an
 * interrupt handler takes, or waits for behind one that it takes, must not be held with interrupts
 * on. Neither needs a deadlock to happen.
 *
 * <p>Leaves out: softirqs, readers, subclasses of nested locks, wait types.
 */
public final class Lockdep {
  private final Map<String, LockUse> uses = new TreeMap<>();

  public void add(LockUse use) {
    uses.put(use.toString(), use);
  }

  /** The harms that the use does together with the others. */
  public Set<Harm> harms(LockUse use) {
    Set<Harm> harms = EnumSet.noneOf(Harm.class);
    for (Harm harm : List.of(Harm.LOCK_ORDER, Harm.IRQ_UNSAFE)) {
      if (evidence(harm, use) != null) {
        harms.add(harm);
      }
    }
    return harms;
  }

  /** The other uses that make this one a harm, fewest first; null if they do not. */
  public @Nullable List<LockUse> evidence(Harm harm, LockUse use) {
    if (harm == Harm.IRQ_UNSAFE) {
      return chain(LockUse::isInInterrupt, use.exposed());
    }
    if (harm == Harm.LOCK_ORDER) {
      return use.over().contains(use.taken())
          ? List.of()
          : chain(other -> other.over().contains(use.taken()), use.over());
    }
    return null;
  }

  /**
   * A shortest sequence of uses, each taking a lock over which the next takes one, from one of
   * these to one that takes one of those locks.
   */
  private @Nullable List<LockUse> chain(Predicate<LockUse> first, Collection<String> last) {
    List<LockUse> left = new ArrayList<>(uses.values());
    Deque<List<LockUse>> open = new ArrayDeque<>();
    left.stream().filter(first).forEach(use -> open.add(List.of(use)));
    left.removeIf(first);
    for (List<LockUse> chain = open.poll(); chain != null; chain = open.poll()) {
      List<LockUse> soFar = chain;
      String taken = chain.get(chain.size() - 1).taken();
      if (last.contains(taken)) {
        return chain;
      }
      left.stream()
          .filter(use -> use.over().contains(taken))
          .forEach(use -> open.add(Stream.concat(soFar.stream(), Stream.of(use)).toList()));
      left.removeIf(use -> use.over().contains(taken));
    }
    return null;
  }

  /** Reports the harms that the use does together with the others. */
  public void report(LockUse use, Findings findings) {
    List<LockUse> inversion = evidence(Harm.LOCK_ORDER, use);
    if (inversion != null) {
      findings.report(Harm.LOCK_ORDER, () -> sentence(use.asEdge(), edges(inversion)));
    }
    List<LockUse> interrupt = evidence(Harm.IRQ_UNSAFE, use);
    if (interrupt != null) {
      findings.report(
          Harm.IRQ_UNSAFE,
          () -> sentence(
              use.asExposure(),
              Stream.concat(
                  edges(interrupt.subList(1, interrupt.size())),
                  Stream.of(interrupt.get(0).asInterrupt()))));
    }
  }

  private static Stream<String> edges(List<LockUse> chain) {
    return chain.stream().map(LockUse::asEdge);
  }

  private static String sentence(String own, Stream<String> others) {
    return Stream.concat(Stream.of(own), others).collect(Collectors.joining("; "));
  }
}
