// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree.Kind;
import com.sun.source.tree.UnaryTree;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What can be done to conditions, numbers and names. */
final class Expressions {
  private static final Map<Kind, String> OTHER_BOUND = new EnumMap<>(Map.of(
      Kind.LESS_THAN, "<=",
      Kind.LESS_THAN_EQUAL, "<",
      Kind.GREATER_THAN, ">=",
      Kind.GREATER_THAN_EQUAL, ">"));
  private static final Set<Kind> COUNTS = Set.of(
      Kind.LESS_THAN,
      Kind.LESS_THAN_EQUAL,
      Kind.GREATER_THAN,
      Kind.GREATER_THAN_EQUAL,
      Kind.EQUAL_TO,
      Kind.NOT_EQUAL_TO,
      Kind.PLUS,
      Kind.MINUS);

  /** Larger numbers are sizes and offsets. */
  private static final long COUNT_MAX = 2;

  private final Places places;

  Expressions(Places places) {
    this.places = places;
  }

  /**
   * A condition that is no composition becomes always, or never, true.
   *
   * @param canHold whether what follows ends if it always holds
   */
  void condition(ExpressionTree condition, boolean canHold) {
    ExpressionTree bare = bare(condition);
    if (bare.getKind() == Kind.CONDITIONAL_AND
        || bare.getKind() == Kind.CONDITIONAL_OR
        || bare.getKind() == Kind.BOOLEAN_LITERAL
        || Kernelspeak.isDebugging(places.text(bare))) {
      return;
    }
    if (canHold) {
      places.replace(Operator.WEAKEN_CONDITION, bare, "true", bare, false);
    }
    places.replace(Operator.WEAKEN_CONDITION, bare, "false", bare, true);
  }

  void binary(BinaryTree tree) {
    Kind kind = tree.getKind();
    ExpressionTree left = tree.getLeftOperand();
    ExpressionTree right = tree.getRightOperand();
    if (kind == Kind.CONDITIONAL_AND || kind == Kind.CONDITIONAL_OR) {
      if (!Kernelspeak.isDebugging(places.text(tree))) {
        // what decides alone
        boolean decides = kind == Kind.CONDITIONAL_OR;
        places.replace(Operator.WEAKEN_CONDITION, tree, places.text(left), right, decides);
        if (left.getKind() != kind) {
          places.replace(Operator.WEAKEN_CONDITION, tree, places.text(right), left, decides);
        }
      }
    } else if (COUNTS.contains(kind)) {
      if (OTHER_BOUND.containsKey(kind)) {
        String after = places.text(left) + " " + OTHER_BOUND.get(kind) + " " + places.text(right);
        places.replace(Operator.OFF_BY_ONE, tree, after);
      }
      if (bare(left).getKind() != Kind.AND && !isText(left)) {
        number(left);
        number(right);
      }
    }
  }

  private static boolean isText(ExpressionTree tree) {
    return tree.getKind() == Kind.STRING_LITERAL
        || (tree instanceof BinaryTree sum && isText(sum.getLeftOperand()));
  }

  /** A small number becomes one more. */
  void number(ExpressionTree tree) {
    if (tree instanceof LiteralTree literal
        && (literal.getValue() instanceof Integer || literal.getValue() instanceof Long)) {
      long value = ((Number) literal.getValue()).longValue();
      if (value <= COUNT_MAX) {
        places.replace(Operator.OFF_BY_ONE, tree, Long.toString(value + 1));
      }
    }
  }

  void call(MethodInvocationTree tree) {
    String name = Kernelspeak.name(tree);
    for (ExpressionTree argument : tree.getArguments()) {
      number(argument);
      if (argument.getKind() == Kind.BOOLEAN_LITERAL) {
        boolean value = (Boolean) ((LiteralTree) argument).getValue();
        places.replace(Operator.OTHER_FLAG, argument, Boolean.toString(!value));
      }
    }
    if (Kernelspeak.WEAKER.containsKey(name)) {
      rename(Operator.DROP_BARRIER, tree, Kernelspeak.WEAKER.get(name));
    }
    boolean isOfList =
        Kernelspeak.receiver(tree).toLowerCase(Locale.ROOT).matches(".*(list|lruvec).*");
    if (Kernelspeak.OTHER_END.containsKey(name) && isOfList) {
      rename(Operator.OTHER_END, tree, Kernelspeak.OTHER_END.get(name));
    }
    if (Kernelspeak.ADDS.contains(name)) {
      count(tree, name);
    }
  }

  private void count(MethodInvocationTree tree, String name) {
    List<? extends ExpressionTree> arguments = tree.getArguments();
    ExpressionTree amount = arguments.get(arguments.size() - 1);
    String other = amount.getKind() == Kind.UNARY_MINUS
        ? places.text(((UnaryTree) amount).getExpression())
        : "-(" + places.text(amount) + ")";
    places.replace(Operator.OTHER_COUNTER, amount, other);
    if (name.equals("addIsolated")) {
      ExpressionTree isFile = arguments.get(0);
      places.replace(Operator.OTHER_COUNTER, isFile, "!(" + places.text(isFile) + ")");
    }
  }

  private void rename(Operator operator, MethodInvocationTree tree, String name) {
    ExpressionTree select = tree.getMethodSelect();
    if (select instanceof MemberSelectTree member) {
      places.replace(operator, select, places.text(member.getExpression()) + "." + name);
    } else {
      places.replace(operator, select, name);
    }
  }

  /** Another flag or counter. */
  void name(MemberSelectTree tree) {
    String text = tree.toString();
    if (Kernelspeak.OTHER_FLAG.containsKey(text)) {
      places.replace(Operator.OTHER_FLAG, tree, Kernelspeak.OTHER_FLAG.get(text));
    } else if (Kernelspeak.OTHER_COUNTER.containsKey(text)) {
      places.replace(Operator.OTHER_COUNTER, tree, Kernelspeak.OTHER_COUNTER.get(text));
    }
  }

  private static ExpressionTree bare(ExpressionTree tree) {
    return tree instanceof ParenthesizedTree inner ? bare(inner.getExpression()) : tree;
  }
}
