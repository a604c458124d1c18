// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.memory.NativeMemory;
import org.gupstress.page.PageLayout;

/**
 * One access of a design to its fields in the union, watched: looks at both words, waits a little,
 * and looks again (as KCSAN does) before the access is made.
 *
 * <p>A design that writes its fields over links, and a list store that comes between two of the
 * design's accesses to a pinned page, show here where they happen and not when a list is walked
 * later.
 */
final class Watchpoint extends NativeMemory {
  private final CpuMemory cpu;
  private final Watch watch;
  private final Perturber perturber;

  Watchpoint(NativeMemory bytes, CpuMemory cpu, Watch watch, Perturber perturber) {
    super(bytes);
    this.cpu = cpu;
    this.watch = watch;
    this.perturber = perturber;
  }

  private void look(long addr, boolean writes) {
    int number = watch.number(addr);
    if (number < 0) {
      return;
    }
    long page = watch.page(number);
    UnionWords before = words(page);
    perturber.spin();
    UnionWords after = words(page);
    if (writes && watch.areLinks(page, after)) {
      watch.overwritten(cpu, page, before, after);
    }
  }

  private UnionWords words(long page) {
    return new UnionWords(
        readOnce64(page + PageLayout.LRU_NEXT), readOnce64(page + PageLayout.LRU_PREV));
  }

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

  @Override
  public void writeOnce64(long addr, long value) {
    look(addr, true);
    super.writeOnce64(addr, value);
  }

  @Override
  public void writeOnce32(long addr, int value) {
    look(addr, true);
    super.writeOnce32(addr, value);
  }

  @Override
  public void setBits64(long addr, long mask) {
    look(addr, true);
    super.setBits64(addr, mask);
  }

  @Override
  public void clearBits64(long addr, long mask) {
    look(addr, true);
    super.clearBits64(addr, mask);
  }

  @Override
  public void add32(long addr, int delta) {
    look(addr, true);
    super.add32(addr, delta);
  }

  @Override
  public boolean subAndTest32(long addr, int delta) {
    look(addr, true);
    return super.subAndTest32(addr, delta);
  }

  @Override
  public boolean addUnless32(long addr, int delta, int unless) {
    look(addr, true);
    return super.addUnless32(addr, delta, unless);
  }
}
