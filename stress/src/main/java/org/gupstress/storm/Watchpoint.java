// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.memory.NativeMemory;
import org.gupstress.page.PageLayout;
import org.jspecify.annotations.Nullable;

/**
 * One access of a design to its fields in the union, watched: looks at both words, waits a little,
 * and looks again (as KCSAN does) before the access is made.
 *
 * <p>A design that writes its fields over links, and a list store that comes between two of the
 * design's accesses to a pinned page, show here where they happen and not when a list is walked
 * later. The windows are those between isolation and count, between flag and count, and between the
 * last decrement and the lock.
 */
final class Watchpoint extends NativeMemory {
  private final CpuMemory cpu;
  private final Detector detector;
  private final Perturber perturber;

  Watchpoint(NativeMemory bytes, CpuMemory cpu, Detector detector, Perturber perturber) {
    super(bytes);
    this.cpu = cpu;
    this.detector = detector;
    this.perturber = perturber;
  }

  /** The words before the access, if it is about to go wrong; null otherwise. */
  private @Nullable UnionWords look(long addr, boolean writes) {
    int number = detector.addresses().number(addr);
    if (number < 0) {
      return null;
    }
    long page = detector.addresses().page(number);
    UnionWords before = words(page);
    perturber.spin();
    return writes && detector.addresses().areLinks(page, words(page)) ? before : null;
  }

  /** The access was made. */
  private void tell(long addr, @Nullable UnionWords before) {
    if (before != null) {
      long page = detector.addresses().page(detector.addresses().number(addr));
      detector.overwritten(cpu, page, before, words(page));
    }
  }

  private UnionWords words(long page) {
    return new UnionWords(
        readOnce64(page + PageLayout.LRU_NEXT), readOnce64(page + PageLayout.LRU_PREV));
  }

  // ---- reads

  @Override
  public long readBits64(long addr, long mask) {
    look(addr, false);
    return super.readBits64(addr, mask);
  }

  @Override
  public int readOnce32(long addr) {
    look(addr, false);
    return super.readOnce32(addr);
  }

  @Override
  public boolean is32(long addr, int value) {
    look(addr, false);
    return super.is32(addr, value);
  }

  // ---- writes

  @Override
  public void writeOnce64(long addr, long value) {
    UnionWords before = look(addr, true);
    super.writeOnce64(addr, value);
    tell(addr, before);
  }

  @Override
  public void writeOnce32(long addr, int value) {
    UnionWords before = look(addr, true);
    super.writeOnce32(addr, value);
    tell(addr, before);
  }

  @Override
  public void setBits64(long addr, long mask) {
    UnionWords before = look(addr, true);
    super.setBits64(addr, mask);
    tell(addr, before);
  }

  @Override
  public void clearBits64(long addr, long mask) {
    UnionWords before = look(addr, true);
    super.clearBits64(addr, mask);
    tell(addr, before);
  }

  @Override
  public void add32(long addr, int delta) {
    UnionWords before = look(addr, true);
    super.add32(addr, delta);
    tell(addr, before);
  }

  @Override
  public void add64(long addr, long delta) {
    UnionWords before = look(addr, true);
    super.add64(addr, delta);
    tell(addr, before);
  }

  @Override
  public boolean subAndTest32(long addr, int delta) {
    UnionWords before = look(addr, true);
    boolean zero = super.subAndTest32(addr, delta);
    tell(addr, before);
    if (zero) {
      // between the count and the lock under which the design looks again
      perturber.spin();
    }
    return zero;
  }

  @Override
  public boolean addUnless32(long addr, int delta, int unless) {
    UnionWords before = look(addr, true);
    boolean added = super.addUnless32(addr, delta, unless);
    tell(addr, before);
    return added;
  }
}
