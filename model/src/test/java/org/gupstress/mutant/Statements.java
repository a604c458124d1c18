// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.mutant.Change.Edit;

/** What can be done to the statements of a method. */
final class Statements {
  private static final String NOTHING = "{}";

  private final Places places;

  Statements(Places places) {
    this.places = places;
  }

  /** Leaves a call out. */
  void drop(StatementTree statement) {
    if (!(statement instanceof ExpressionStatementTree) || Kernelspeak.isForTheChecker(statement)) {
      return;
    }
    Kernelspeak.call(statement).ifPresent(call -> {
      String name = Kernelspeak.name(call);
      Operator operator = Kernelspeak.BARRIERS.contains(name)
          ? Operator.DROP_BARRIER
          : isTake(name) || isGiveBack(name) ? Operator.LOCK : Operator.DROP_CALL;
      places.add(operator, places.start(statement), places.text(statement), "", gone(statement));
    });
  }

  /**
   * Lets two neighbours change places. Of a lock only its critical section gets smaller so: a
   * larger one harms nobody but those who wait.
   */
  void swap(StatementTree first, StatementTree second) {
    if (!moves(first) || !moves(second) || !hasCall(first) || !hasCall(second)) {
      return;
    }
    boolean shrinksAtFirst = isTake(name(first));
    boolean shrinksAtSecond = isGiveBack(name(second));
    if (isTake(name(second)) || isGiveBack(name(first))) {
      return;
    }
    Operator operator = shrinksAtFirst || shrinksAtSecond ? Operator.LOCK : Operator.SWAP;
    String one = places.text(first);
    String other = places.text(second);
    if (!one.equals(other)) {
      places.add(
          operator,
          places.start(first),
          shortened(one) + " " + shortened(other),
          shortened(other) + " " + shortened(one),
          new Edit(places.start(first), places.end(first), other),
          new Edit(places.start(second), places.end(second), one));
    }
  }

  /** The head of a statement with a body says which one it is. */
  private static String shortened(String statement) {
    int body = statement.indexOf('{');
    return body < 0 ? statement : statement.substring(0, body) + "{...}";
  }

  /** Leaves out a lock: each taking in the method, with all of its giving back. */
  void locks(MethodTree method) {
    List<StatementTree> calls = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitBlock(BlockTree tree, Void unused) {
        tree.getStatements().stream()
            .filter(each -> Kernelspeak.call(each).isPresent())
            .forEach(calls::add);
        return super.visitBlock(tree, null);
      }
    }.scan(method.getBody(), null);
    for (StatementTree taken : calls) {
      MethodInvocationTree call = Kernelspeak.call(taken).orElseThrow();
      if (isTake(Kernelspeak.name(call))) {
        List<StatementTree> givenBack =
            calls.stream().filter(each -> matches(call, each)).toList();
        if (!givenBack.isEmpty()) {
          places.within(taken, () -> leaveOut(taken, givenBack));
        }
      }
    }
  }

  private void leaveOut(StatementTree taken, List<StatementTree> givenBack) {
    List<Edit> edits = new ArrayList<>();
    edits.add(
        taken instanceof VariableTree variable
            ? new Edit(
                places.start(variable.getInitializer()), places.end(variable.getInitializer()), "0")
            : gone(taken));
    givenBack.forEach(each -> edits.add(gone(each)));
    places.add(
        Operator.LOCK,
        places.start(taken),
        places.text(taken) + " ... " + places.text(givenBack.get(0)),
        "",
        edits.toArray(Edit[]::new));
  }

  private static boolean matches(MethodInvocationTree taken, StatementTree other) {
    MethodInvocationTree call = Kernelspeak.call(other).orElseThrow();
    return Kernelspeak.name(call).equals(Kernelspeak.LOCKS.get(Kernelspeak.name(taken)))
        && Kernelspeak.receiver(call).equals(Kernelspeak.receiver(taken))
        && firstArgument(call).equals(firstArgument(taken));
  }

  /** Of what keeps interrupts in a variable only the variable is given back. */
  private static String firstArgument(MethodInvocationTree call) {
    return call.getArguments().isEmpty() || Kernelspeak.name(call).startsWith("irq")
        ? ""
        : call.getArguments().get(0).toString();
  }

  private Edit gone(StatementTree statement) {
    return new Edit(places.start(statement), places.end(statement), NOTHING);
  }

  private static boolean moves(StatementTree statement) {
    return !(statement instanceof ReturnTree
        || statement instanceof BreakTree
        || statement instanceof ContinueTree
        || statement instanceof ThrowTree
        || Kernelspeak.isForTheChecker(statement));
  }

  private boolean hasCall(StatementTree statement) {
    return places.text(statement).contains("(")
        && !Kernelspeak.isDebugging(shortened(places.text(statement)));
  }

  private static String name(StatementTree statement) {
    return Kernelspeak.call(statement).map(Kernelspeak::name).orElse("");
  }

  private static boolean isTake(String name) {
    return Kernelspeak.LOCKS.containsKey(name);
  }

  private static boolean isGiveBack(String name) {
    return Kernelspeak.LOCKS.containsValue(name);
  }
}
