// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.List;
import org.gupstress.claim.Harm;

/** Locks and interrupts. */
final class LockRaces {
  private LockRaces() {}

  static List<Race> all() {
    return List.of(
        interruptContext(), julyAbba(), nodeWideLock(), pagevecInInterrupt(), hugetlbInInterrupt());
  }

  private static Race interruptContext() {
    return Race.named("R-14", "the completion interrupt unpins while its CPU holds gup_lock")
        .story(
            "gup_lock is taken with interrupts on. The interrupt that ends an I/O comes while its"
                + " CPU holds the lock, calls put_user_page, and waits for itself. irqsave alone does"
                + " not mend it: isolate_lru_page ends with spin_unlock_irq, which turns interrupts on"
                + " while gup_lock is still held.")
        .seen("lockdep: a lock that is taken in interrupts and with interrupts on.")
        .in("rfc-jul", "spin_lock without irqsave")
        .in("rfc-oct", "the same")
        .in("rfc-nov", "the same")
        .in("rfc-fixed", "irqsave, but isolate_lru_page under it enables interrupts")
        .from(Mails.KARA_NOVEMBER, Source.file("mm/vmscan.c"))
        .shown("rfc-oct", "unpin-in-interrupt", Harm.IRQ_UNSAFE, Harm.DEADLOCK)
        .shown("rfc-nov", "unpin-in-interrupt", Harm.IRQ_UNSAFE, Harm.DEADLOCK)
        .shown("rfc-fixed", "unpin-in-interrupt", Harm.IRQ_UNSAFE, Harm.DEADLOCK)
        .done();
  }

  private static Race julyAbba() {
    return Race.named(
            "R-26",
            "July: gup_lock and the page table lock in both orders; any put_page gives back a pin")
        .story(
            "get_page of a pinned page takes gup_lock to count, and follow_page_pte calls it with"
                + " the page table lock held. page_mkclean holds gup_lock while it walks page tables and"
                + " takes their lock: two CPUs wait for each other. And as get_page and put_page count"
                + " pins, a reference that was taken before the pin and dropped after it gives back a"
                + " pin that it never took.")
        .seen("lockdep, as soon as each order has been seen once. The early unpin only a ledger"
            + " sees.")
        .in("rfc-jul", "hooks in get_page and put_page; gup_lock is held across the walk")
        .from(Mails.JULY_5, Mails.JULY_6, Mails.KARA_JULY)
        .shown("rfc-jul", "july-abba", Harm.DEADLOCK)
        .shown("rfc-jul", "truncate-pinned", Harm.PIN_RELEASED)
        .done();
  }

  private static Race nodeWideLock() {
    return Race.named("R-27", "one gup_lock a node: every pin and unpin on the node queues for it")
        .story("pinned_dma_lock lies in pglist_data, beside lru_lock. Each pin takes it, of a page"
            + " that is pinned already as well; inside it a first pin takes lru_lock, and"
            + " November's last unpin flushes a pagevec. Submission and completion of I/O meet in"
            + " both.")
        .seen("lockstat and profiles. There is one order, gup_lock before lru_lock, so lockdep has"
            + " nothing to say.")
        .in("rfc-jul", "the lock of July's posting")
        .in("rfc-oct", "the same lock")
        .in("rfc-nov", "the same lock, with the put-back under it")
        .in("rfc-fixed", "the same lock, with the put-back outside it")
        .from(Mails.CHINNER_NOVEMBER, Mails.KARA_SUBMIT, Mails.OCTOBER_6)
        .notShown(
            "It is a cost, not a state: no interleaving is wrong. gupstress bench and gupstress"
                + " storm measure it.")
        .done();
  }

  private static Race hugetlbInInterrupt() {
    return Race.named(
            "R-32",
            "the completion interrupt drops the last reference to a huge page while its CPU holds"
                + " hugetlb_lock")
        .story(
            "free_huge_page takes hugetlb_lock with a plain spin_lock, and so does everybody else"
                + " who works on the pool. 1. The process unmaps the page while a device has it. 2. The"
                + " CPU takes another page from the pool and holds hugetlb_lock. 3. The interrupt that"
                + " ends the I/O drops the last reference, and free_huge_page waits for its own CPU."
                + " Linux's own: no way of counting pins is to blame. From 5.5 on a page that is freed"
                + " in an interrupt is left to a workqueue.")
        .seen("lockdep: a lock that is taken in interrupts and with interrupts on.")
        .in("get-page", "Linux 4.19 without a change")
        .in("page-ext", "the same")
        .in("foll-pin", "the same")
        .from(Source.file("mm/hugetlb.c"), Source.commit("c77c0a8ac4c5", "5.5"))
        .shown("get-page", "irq-vs-pool-free", Harm.IRQ_UNSAFE, Harm.DEADLOCK)
        .done();
  }

  private static Race pagevecInInterrupt() {
    return Race.named(
            "G-05",
            "the completion interrupt puts the page back into the pagevec that its CPU is filling:"
                + " one of the two is lost")
        .story("lru_cache_add is safe from other CPUs, because a pagevec belongs to one, and from"
            + " preemption. It is not safe from interrupts: 4.19 never calls it there. 1. A CPU has"
            + " read the number of entries. 2. The interrupt ends an I/O, the last unpin puts the"
            + " page back into the same pagevec. 3. The CPU stores its page over it.")
        .seen("One page is on no list and in no pagevec, and a reference is left over.")
        .in("rfc-nov", "the last unpin calls putback_lru_page in the interrupt")
        .in("rfc-fixed", "the same")
        .from(Source.file("mm/swap.c"))
        .shown("rfc-nov", "irq-vs-free", Harm.STRANDED)
        .shown("rfc-fixed", "irq-vs-free", Harm.STRANDED)
        .done();
  }
}
