// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static List<String> of(Operator operator, String... statements) {
    return Places.in("lru/Some", source(statements)).stream()
        .map(Change::place)
        .filter(place -> place.operator() == operator)
        .map(place -> place.before() + " => " + place.after())
        .toList();
  }

  private static String source(String... statements) {
    return "class Some {\n  void some(long p) {\n    " + String.join("\n    ", statements)
        + "\n  }\n}\n";
  }

  @Test
  void aCallIsLeftOut() {
    assertThat(of(Operator.DROP_CALL, "page.get(p);", "long n = page.n(p);"))
        .containsExactly("page.get(p); => ");
  }

  @Test
  void neighboursChangePlaces() {
    assertThat(of(Operator.SWAP, "a.x(p);", "if (p > 0) { b.y(p); }", "return;"))
        .containsExactly("a.x(p); if (p > 0) {...} => if (p > 0) {...} a.x(p);");
    Change swap = Places.in("lru/Some", source("a.x(p);", "b.y(p);")).stream()
        .filter(change -> change.place().operator() == Operator.SWAP)
        .findFirst()
        .orElseThrow();
    assertThat(swap.applyTo(source("a.x(p);", "b.y(p);"))).isEqualTo(source("b.y(p);", "a.x(p);"));
  }

  @Test
  void aConditionLosesAPart() {
    assertThat(of(Operator.WEAKEN_CONDITION, "if (a(p) && b(p)) { c(p); }"))
        .containsExactly("a(p) && b(p) => a(p)", "a(p) && b(p) => b(p)");
    assertThat(of(Operator.WEAKEN_CONDITION, "if (a(p)) { c(p); }"))
        .containsExactly("a(p) => true", "a(p) => false");
    assertThat(of(Operator.WEAKEN_CONDITION, "while (a(p)) { c(p); }"))
        .containsExactly("a(p) => false");
  }

  @Test
  void aBoundIsOffByOne() {
    assertThat(of(Operator.OFF_BY_ONE, "if (p < 1) { c(-1); }"))
        .containsExactly("p < 1 => p <= 1", "1 => 2", "-1 => 0");
  }

  @Test
  void aLockIsNotTakenOrItsEndsMove() {
    assertThat(of(
            Operator.LOCK,
            "long flags = a.lruLock().lockIrqsave(cpu);",
            "a.x(p);",
            "a.lruLock().unlockIrqrestore(cpu, flags);"))
        .containsExactly(
            "long flags = a.lruLock().lockIrqsave(cpu); ..."
                + " a.lruLock().unlockIrqrestore(cpu, flags); => ",
            "long flags = a.lruLock().lockIrqsave(cpu); a.x(p);"
                + " => a.x(p); long flags = a.lruLock().lockIrqsave(cpu);",
            "a.x(p); a.lruLock().unlockIrqrestore(cpu, flags);"
                + " => a.lruLock().unlockIrqrestore(cpu, flags); a.x(p);",
            "a.lruLock().unlockIrqrestore(cpu, flags); => ");
  }

  @Test
  void anotherNameIsTaken() {
    assertThat(of(Operator.OTHER_FLAG, "page.set(p, PageFlag.DIRTY, true);"))
        .containsExactlyInAnyOrder("PageFlag.DIRTY => PageFlag.WRITEBACK", "true => false");
    assertThat(of(Operator.OTHER_COUNTER, "memory.add32(p + PageLayout.REFCOUNT, n);"))
        .containsExactlyInAnyOrder("PageLayout.REFCOUNT => PageLayout.MAPCOUNT", "n => -(n)");
    assertThat(of(Operator.OTHER_END, "list.add(p, n);", "set.add(p);"))
        .containsExactly("list.add => list.addTail");
  }

  @Test
  void anOrderingIsLost() {
    assertThat(of(Operator.DROP_BARRIER, "memory.mb();", "memory.writeRelease32(p, n);"))
        .containsExactly("memory.mb(); => ", "memory.writeRelease32 => memory.write32");
  }

  /** The control: none of it is the kernel's code. */
  @Test
  void whatIsForTheCheckerIsLeftAlone() {
    assertThat(Places.in(
            "lru/Some",
            source(
                "memory.note(Note.REF, p, 1);",
                "page.at(Ref.GUP, Site.PUT_PAGE);",
                "if (kernel.debugVm()) { page.bugOn(page.test(p, PageFlag.LRU), \"\"); }")))
        .isEmpty();
    assertThat(Places.in("lru/Some", "class Some { Some(long p) { page.get(p); } }"))
        .isEmpty();
    assertThat(Places.in("lru/Some", "class Some { void bootAdd(long p) { page.get(p); } }"))
        .isEmpty();
  }
}
