// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Locale;

/** The kinds of single changes that are generated. */
enum Operator {
  DROP_CALL("a call is left out"),
  SWAP("two neighbouring statements change places"),
  WEAKEN_CONDITION("a part of a condition is left out, or the condition is always or never true"),
  OFF_BY_ONE("a bound or a number is one more, or the other side of equal"),
  LOCK("a lock is not taken, not given back, taken later or given back earlier"),
  OTHER_FLAG("another flag or pte bit, or the other value of a boolean argument"),
  OTHER_COUNTER("another counter or list size, or the other sign"),
  OTHER_END("the other end of a list"),
  DROP_BARRIER("a barrier is left out, or an access loses its ordering");

  private final String sentence;

  Operator(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  /** As it is written in files: drop-call. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Operator of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
