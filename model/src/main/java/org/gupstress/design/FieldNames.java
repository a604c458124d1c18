// SPDX-License-Identifier: Apache-2.0
package org.gupstress.design;

import java.util.Map;
import java.util.TreeMap;
import org.gupstress.memory.Arena;
import org.gupstress.page.PageLayout;

/**
 * The names that a design gives to what it keeps, for traces: {@code page0.pincount} in the place
 * of {@code page0.lru.prev}, {@code cpu1.deferred} in that of {@code own_words[cpu1]}.
 */
public final class FieldNames {
  private final PinDesign design;
  private final TreeMap<Integer, String> outside = new TreeMap<>();
  private final TreeMap<Integer, String> ofPage = new TreeMap<>();
  private final TreeMap<Integer, String> ofCpu = new TreeMap<>();
  private final TreeMap<Integer, String> ofNode = new TreeMap<>();

  private FieldNames(PinDesign design) {
    this.design = design;
  }

  /**
   * The names that the design gives.
   *
   * @throws IllegalArgumentException if it names what it does not keep, or not as a field is named
   */
  static FieldNames of(PinDesign design) {
    FieldNames names = new FieldNames(design);
    design.name(names);
    return names;
  }

  /** What lies at so many bytes behind {@link Mm#ext}. */
  public FieldNames outsidePage(int offset, String name) {
    return put(outside, "outsidePage", offset, design.bytesOutsidePage(), name);
  }

  /**
   * What lies at an offset of {@link PageLayout}, where it is accessed through {@code View.PIN}; in
   * the hole, always.
   */
  public FieldNames inPage(int offset, String name) {
    return put(ofPage, "inPage", offset, PageLayout.SIZE, name);
  }

  /** A word of each CPU. */
  public FieldNames ofCpu(int index, String name) {
    return put(ofCpu, "ofCpu", index, design.wordsPerCpu(), name);
  }

  /** A word of the node. */
  public FieldNames ofNode(int index, String name) {
    return put(ofNode, "ofNode", index, design.wordsPerNode(), name);
  }

  private FieldNames put(Map<Integer, String> names, String method, int at, int end, String name) {
    String what = "name(): " + method + "(" + at + ", ...)";
    if (end == 0) {
      throw new IllegalArgumentException(what + " names what the design does not declare");
    }
    Declarations.checkRange(what, at, 0, end - 1);
    Declarations.checkField(what, name);
    names.put(at, name);
    return this;
  }

  void define(Arena arena, int number, long page, long ext) {
    if (design.bytesOutsidePage() > 0) {
      arena.define(ext, "page_ext[" + number + "]");
      outside.forEach((at, name) -> arena.define(ext + at, "page_ext[" + number + "]." + name));
    }
    ofPage.forEach((at, name) -> {
      if (at >= PageLayout.HOLE) {
        arena.define(page + at, "page" + number + "." + name);
      } else {
        arena.defineOverlay(page + at, "page" + number + "." + name);
      }
    });
  }

  void defineOfCpu(Arena arena, int cpu, long first) {
    arena.define(first, "own_words[cpu" + cpu + "]");
    ofCpu.forEach(
        (at, name) -> arena.define(first + (long) at * Long.BYTES, "cpu" + cpu + "." + name));
  }

  void defineOfNode(Arena arena, long first) {
    ofNode.forEach((at, name) -> arena.define(first + (long) at * Long.BYTES, name));
  }
}
