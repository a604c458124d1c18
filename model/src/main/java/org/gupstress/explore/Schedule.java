// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which context made each step; behind the contexts come, in weak memory, what leaves the store
 * buffer of each CPU, and the choice of what a CPU sees or lets leave. As text, a run of steps is a
 * letter for the context and, above one, their number: {@code a12b5a} is twelve steps of cpu0, five
 * of cpu1, one of cpu0.
 *
 * <p>What lockdep finds may take more than one interleaving: {@code a5+b4} shows five steps of cpu0
 * in the light of what cpu1 does in four.
 *
 * @param contexts of the interleaving that is shown
 * @param others interleavings, each from the initial state, that are made before it
 */
public record Schedule(List<Integer> contexts, List<List<Integer>> others) {
  private static final String STEPS = "(?:[a-p](?:[1-9][0-9]{0,3})?+)";
  private static final Pattern TEXT = Pattern.compile(STEPS + "*+(?:\\+" + STEPS + "++)*+");
  private static final Pattern RUN = Pattern.compile("([a-p])([0-9]*)");
  private static final int STEPS_MAX = 20_000;

  public Schedule {
    contexts = List.copyOf(contexts);
    others = others.stream().map(List::copyOf).toList();
  }

  public Schedule(List<Integer> contexts) {
    this(contexts, List.of());
  }

  public static Schedule of(int... contexts) {
    List<Integer> list = new ArrayList<>();
    for (int context : contexts) {
      list.add(context);
    }
    return new Schedule(list);
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Schedule parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a schedule is letters a to p with numbers, like a12b5a; found " + text);
    }
    List<List<Integer>> interleavings = new ArrayList<>();
    int left = STEPS_MAX;
    for (String part : text.split("\\+", -1)) {
      List<Integer> contexts = contexts(part, left);
      left -= contexts.size();
      interleavings.add(contexts);
    }
    return new Schedule(interleavings.get(0), interleavings.subList(1, interleavings.size()));
  }

  private static List<Integer> contexts(String text, int most) {
    List<Integer> list = new ArrayList<>();
    for (Matcher run = RUN.matcher(text); run.find(); ) {
      int steps = run.group(2).isEmpty() ? 1 : Integer.parseInt(run.group(2));
      if (list.size() + steps > most) {
        throw new IllegalArgumentException("a schedule has at most " + STEPS_MAX + " steps");
      }
      for (int i = 0; i < steps; i++) {
        list.add(run.group(1).charAt(0) - 'a');
      }
    }
    return list;
  }

  /** All interleavings in the order in which they are made, the one that is shown last. */
  List<List<Integer>> interleavings() {
    List<List<Integer>> all = new ArrayList<>(others);
    all.add(contexts);
    return all;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(text(contexts));
    others.forEach(other -> text.append('+').append(text(other)));
    return text.toString();
  }

  private static String text(List<Integer> contexts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < contexts.size(); ) {
      int end = i;
      while (end < contexts.size() && contexts.get(end).equals(contexts.get(i))) {
        end++;
      }
      text.append((char) ('a' + contexts.get(i))).append(end - i == 1 ? "" : end - i);
      i = end;
    }
    return text.toString();
  }
}
