// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.util.Arrays;
import java.util.List;

/** What CPUs may see of each other's accesses. */
public enum MemoryModel {
  /** Sequential consistency: an access is there for all as soon as it is made. */
  SC("sc", "sequentially consistent"),

  /** x86: a store may wait in the buffer of its CPU, in order. */
  TSO("tso", "TSO: a store may wait in its CPU's buffer, first in, first out"),

  /**
   * arm64 but for load-to-store reordering: stores may leave the buffer in another order, and a
   * load may see memory as it was before.
   */
  ARM64(
      "arm64",
      "arm64 without load-to-store reordering: a store may wait in its CPU's buffer and be"
          + " overtaken, a load may see memory as it was before");

  private final String id;
  private final String sentence;

  MemoryModel(String id, String sentence) {
    this.id = id;
    this.sentence = sentence;
  }

  public String id() {
    return id;
  }

  /** What it allows. */
  public String sentence() {
    return sentence;
  }

  /** Whether strengths of accesses make a difference. */
  public boolean isWeak() {
    return this != SC;
  }

  /**
   * The model of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static MemoryModel of(String id) {
    return Arrays.stream(values())
        .filter(model -> model.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "the memory models are " + String.join(", ", ids()) + "; found \"" + id + "\""));
  }

  public static List<String> ids() {
    return Arrays.stream(values()).map(MemoryModel::id).toList();
  }
}
