// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Where things lie: hands out addresses for the shared and the CPU-private objects of a machine,
 * and knows their names.
 *
 * <p>All private blocks come first and have the same inner layout, so that two CPUs with the same
 * program differ only in the block's start. Building the same machine twice gives the same
 * addresses.
 */
public final class Arena {
  /** vmemmap on x86-64: struct page addresses look like those of a real oops. */
  public static final long BASE = 0xffffea0000000000L;

  /** Bytes of one CPU's private block, unless something else is asked for. */
  public static final int CPU_BLOCK = 896;

  /**
   * Unused bytes at the start of each block: a small number in a pointer's low half names nothing.
   */
  private static final int GAP = 64;

  private final int cpus;
  private final int block;
  private final int[] cpuTop;
  private long top;
  private final TreeMap<Long, String> names = new TreeMap<>();
  private final TreeMap<Long, String> overlays = new TreeMap<>();
  private final String[] bitNames = new String[64];
  private boolean named = true;

  public Arena(int cpus) {
    this(cpus, CPU_BLOCK);
  }

  /** With private blocks of another size: of many machines none should be larger than it must. */
  public Arena(int cpus, int block) {
    this.cpus = cpus;
    this.block = block;
    this.cpuTop = new int[cpus];
    this.top = (long) cpus * block;
    Arrays.fill(cpuTop, GAP);
  }

  /** Large machines do not name every field. */
  public void stopNaming() {
    named = false;
  }

  /** Whether names of fields are kept; if not, who has very many need not make them up. */
  public boolean isNaming() {
    return named;
  }

  public int cpus() {
    return cpus;
  }

  /** Bytes in use. */
  public long size() {
    return top;
  }

  /** Bytes in use of the fullest private block. */
  public int blockInUse() {
    return Arrays.stream(cpuTop).max().orElse(GAP);
  }

  /** Reserves shared memory. */
  public long shared(String name, long bytes, int align) {
    top = (top + align - 1) / align * align;
    long addr = BASE + top;
    top += (bytes + 7) / 8 * 8;
    define(addr, name);
    return addr;
  }

  /** Reserves memory that only this CPU touches. */
  public long onCpu(int cpu, String name, int bytes, int align) {
    int at = (cpuTop[cpu] + align - 1) / align * align;
    cpuTop[cpu] = at + (bytes + 7) / 8 * 8;
    if (cpuTop[cpu] > block) {
      throw new IllegalStateException(
          "a CPU's private block holds " + block + " bytes; " + name + " does not fit");
    }
    long addr = BASE + (long) cpu * block + at;
    define(addr, "cpu" + cpu + "." + name);
    return addr;
  }

  /** Names an address inside what was reserved. */
  public void define(long addr, String name) {
    if (named) {
      names.put(addr, name);
    }
  }

  /** Names what lies at an address as {@link View#PIN} has it. */
  public void defineOverlay(long addr, String name) {
    if (named) {
      overlays.put(addr, name);
    }
  }

  /** The name of the field at this address, as an access through this view means it. */
  String name(long addr, View view) {
    String name = view == View.PIN ? overlays.get(addr) : null;
    return name != null ? name : name(addr);
  }

  /** Names a bit of every word that is called {@code flags}. */
  public void defineBit(int bit, String name) {
    bitNames[bit] = name;
  }

  /** The bits of a flags mask by name. */
  String bitNames(long mask) {
    StringJoiner names = new StringJoiner("|");
    for (int bit = 0; bit < 64; bit++) {
      if ((mask >>> bit & 1) != 0) {
        names.add(bitNames[bit] != null ? bitNames[bit] : "bit " + bit);
      }
    }
    return names.toString();
  }

  /** The CPU in whose private block the address lies, or -1. */
  public int cpuOf(long addr) {
    long offset = addr - BASE;
    return offset >= 0 && offset < (long) cpus * block ? (int) (offset / block) : -1;
  }

  /** The name of the field at this address, with an offset where it lies inside one. */
  public String name(long addr) {
    Map.Entry<Long, String> entry = names.floorEntry(addr);
    if (entry == null || addr - BASE >= top || addr < BASE) {
      return String.format("0x%x", addr);
    }
    long inside = addr - entry.getKey();
    return inside == 0 ? entry.getValue() : entry.getValue() + "+" + inside;
  }

  /** Whether something was reserved under exactly this address. */
  public boolean isNamed(long addr) {
    return names.containsKey(addr);
  }
}
