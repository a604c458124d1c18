/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Pin and unpin as posted on 12 October 2018: the scenario pin-unpin of the design rfc-oct, production kernel.
 *
 * One page is alone on an LRU list. CPUS processes pin and unpin it ROUNDS times each. Every statement is one access
 * to memory that the CPUs share, in the order of the Java model, so that both tools search the same interleavings:
 *
 *   getPage            Page.get, of get_user_pages
 *   pinPageForDma      OneWordFlag.pin
 *   isolateLruPage     Isolation.isolateLruPage
 *   putUserPage        RfcOct.unpin
 *   putPage            PageRelease.put
 *
 * The union of page->lru and dma_pinned_flags, dma_pinned_count is the two words lruNext and lruPrev. A test of a
 * word is a guard, not a copy, and what a CPU has copied is 0 again when it needs it no more: that spares SPIN states.
 * Memory is sequentially consistent. The explorer checks its claims as well; here the references must balance.
 *
 *   spin -DCPUS=3 -DROUNDS=2 -a PinUnpinOctober.pml && cc -O2 -o pan pan.c && ./pan -c0 -m100000
 */
#ifndef CPUS
#define CPUS 2
#endif
#ifndef ROUNDS
#define ROUNDS 1
#endif

/* What a word of the union or of the list head can be. Addresses and PINNED have bit 0 clear, as PageTail is bit 0. */
#define PINNED  2    /* PAGE_DMA_PINNED in dma_pinned_flags */
#define POISON1 64   /* LIST_POISON1 */
#define POISON2 66   /* LIST_POISON2 */
#define PAGE    100  /* &page->lru, low half */
#define HEAD    102  /* &lruvec->lists[lru], low half */

/* struct page */
bool pageLru = true;
bool pageActive = false;
bool pageUnevictable = false;
byte refcount = 1;          /* the page cache */
byte lruNext = HEAD;        /* lru.next, dma_pinned_flags */
byte lruPrev = HEAD;        /* lru.prev, dma_pinned_count in its low half */

/* the node */
byte headNext = PAGE;
byte headPrev = PAGE;
byte listSize = 1;
bool lruLock = false;
bool gupLock = false;

byte done = 0;

inline lock(l)   { atomic { !l; l = true } }
inline unlock(l) { l = false }

/* compound_head: reads bit 0 of the first word, which is always clear. */
inline compoundHead() { (lruNext & 1) == 0 }

inline getPage() {
  compoundHead();
  refcount++
}

inline putPage() {
  compoundHead();
  refcount--                /* never the last reference: the page cache keeps one */
}

/* list_del, of an entry that is alone on its list: PG_lru lets no CPU come here twice. */
inline listDel() {
  next = lruNext;
  d_step { prev = lruPrev; assert(next == HEAD && prev == HEAD) };
  headPrev = prev;
  headNext = next;
  d_step { lruNext = POISON1; next = 0 };
  d_step { lruPrev = POISON2; prev = 0 }
}

/* Succeeds once, and gives the reference back at once: the posting drops it before it counts the pin. */
inline isolateLruPage() {
  if
  :: pageLru ->
     lock(lruLock);
     if
     :: pageLru ->
        refcount++;
        pageLru = false;
        listDel();
        listSize--;
        d_step { unlock(lruLock); isolated = true }
     :: else -> unlock(lruLock)
     fi
  :: else
  fi
}

inline pinPageForDma() {
  lock(gupLock);
  if
  :: lruNext == PINNED -> lruPrev++
  :: else ->
     isolateLruPage();
     if
     :: isolated ->
        pageActive = false;
        pageUnevictable = false;
        putPage();
        lruPrev = 1;
        d_step { lruNext = PINNED; isolated = false }
     :: else
     fi
  fi;
  unlock(gupLock)
}

/* The decrement is outside the lock, and what it leaves is read again under it. */
inline putUserPage() {
  d_step { lruPrev--; isLast = (lruPrev == 0) };
  if
  :: isLast ->
     d_step { isLast = false };
     lock(gupLock);
     if
     :: lruPrev == 0 -> lruNext = PAGE; lruPrev = PAGE   /* INIT_LIST_HEAD(&page->lru) */
     :: else
     fi;
     unlock(gupLock)
  :: else
  fi;
  putPage()
}

active [CPUS] proctype cpu() {
  byte round = 0;
  byte next = 0;
  byte prev = 0;
  bool isolated = false;
  bool isLast = false;

  do
  :: round < ROUNDS ->
     getPage();
     pinPageForDma();
     putUserPage();
     round++
  :: else ->
     d_step {
       done++;
       if
       :: done == CPUS -> assert(refcount == 1)
       :: else
       fi
     };
     break
  od
}
