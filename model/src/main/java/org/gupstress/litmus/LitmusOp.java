// SPDX-License-Identifier: Apache-2.0
package org.gupstress.litmus;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gupstress.memory.Memory;

/**
 * One operation of a litmus test.
 *
 * @param word 0 for A, 1 for B; 0 of a barrier
 * @param part all of the word or one half
 * @param value that is stored; 0 where nothing is
 */
public record LitmusOp(Verb verb, int word, Part part, long value) {
  private static final Pattern PLACE = Pattern.compile("([AB])(?:\\.(lo|hi))?");

  /** What it does. */
  public enum Verb {
    READ(true, false, true),
    WRITE(true, true, false),
    READ_ACQUIRE(true, false, true),
    WRITE_RELEASE(true, true, false),
    INC(true, false, false),
    XCHG(true, true, true),
    MB(false, false, false),
    WMB(false, false, false),
    RMB(false, false, false);

    private final boolean hasPlace;
    private final boolean hasValue;
    private final boolean returns;

    Verb(boolean hasPlace, boolean hasValue, boolean returns) {
      this.hasPlace = hasPlace;
      this.hasValue = hasValue;
      this.returns = returns;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it returns a value. */
    boolean returns() {
      return returns;
    }

    private String shape() {
      return id() + (hasPlace ? " L" : "") + (hasValue ? " V" : "");
    }
  }

  /** Of a word. */
  public enum Part {
    ALL(0),
    LO(0),
    HI(4);

    private final int offset;

    Part(int offset) {
      this.offset = offset;
    }
  }

  /**
   * Reads an operation like {@code write A.lo 1}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static LitmusOp parse(String text) {
    String[] words = text.strip().split(" +", -1);
    Verb verb = Arrays.stream(Verb.values())
        .filter(v -> v.id().equals(words[0]))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected one of "
            + Arrays.stream(Verb.values()).map(Verb::id).collect(Collectors.joining(", "))
            + ", found \"" + text + "\""));
    int length = 1 + (verb.hasPlace ? 1 : 0) + (verb.hasValue ? 1 : 0);
    Matcher place = verb.hasPlace && words.length > 1 ? PLACE.matcher(words[1]) : null;
    if (words.length != length || (verb.hasPlace && (place == null || !place.matches()))) {
      throw new IllegalArgumentException("expected \"" + verb.shape()
          + "\" with L one of A, A.lo, A.hi, B, B.lo, B.hi; found \"" + text + "\"");
    }
    if (place == null) {
      return new LitmusOp(verb, 0, Part.ALL, 0);
    }
    Part part =
        place.group(2) == null ? Part.ALL : Part.valueOf(place.group(2).toUpperCase(Locale.ROOT));
    return new LitmusOp(
        verb,
        place.group(1).charAt(0) - 'A',
        part,
        verb.hasValue ? value(words[2], part, text) : 0);
  }

  private static long value(String word, Part part, String text) {
    try {
      long value = Long.parseLong(word);
      if (value >= 0 && (part == Part.ALL || value <= 0xffffffffL)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("expected a number of " + (part == Part.ALL ? "63" : "32")
        + " bits, found \"" + word + "\" in \"" + text + "\"");
  }

  /**
   * Performs it.
   *
   * @param words address of A, with B behind it
   * @return the value, or 0 of an operation that returns none
   */
  long perform(Memory memory, long words) {
    long at = words + (long) word * Long.BYTES + part.offset;
    return part == Part.ALL ? perform64(memory, at) : perform32(memory, at) & 0xffffffffL;
  }

  private long perform64(Memory memory, long at) {
    return switch (verb) {
      case READ -> memory.readOnce64(at);
      case READ_ACQUIRE -> memory.readAcquire64(at);
      case XCHG -> memory.exchange64(at, value);
      case WRITE -> done(() -> memory.writeOnce64(at, value));
      case WRITE_RELEASE -> done(() -> memory.writeRelease64(at, value));
      case INC -> done(() -> memory.add64(at, 1));
      case MB -> done(memory::mb);
      case RMB -> done(memory::rmb);
      case WMB -> done(memory::wmb);
    };
  }

  private long perform32(Memory memory, long at) {
    return switch (verb) {
      case READ -> memory.readOnce32(at);
      case READ_ACQUIRE -> memory.readAcquire32(at);
      case XCHG -> memory.exchange32(at, (int) value);
      case WRITE -> done(() -> memory.writeOnce32(at, (int) value));
      case WRITE_RELEASE -> done(() -> memory.writeRelease32(at, (int) value));
      case INC -> done(() -> memory.add32(at, 1));
      case MB, RMB, WMB -> throw new AssertionError(verb);
    };
  }

  private static long done(Runnable access) {
    access.run();
    return 0;
  }
}
