// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.gupstress.mutant.Change.Edit;
import org.gupstress.mutant.Change.Place;
import org.gupstress.mutant.Change.Seen;

/**
 * Finds the places of a source file in which one thing can be changed. What is not the kernel's or
 * the design's own code is left alone: constructors and what sets the scene before the machine
 * runs, what is told to the checker, assertions and what only a debug kernel does.
 */
final class Places extends TreeScanner<Void, Void> {
  private static final Set<String> SETS_THE_SCENE = Set.of("<init>", "define", "layOut", "reserve");

  private final String file;
  private final String source;
  private final CompilationUnitTree unit;
  private final SourcePositions positions;
  private final LineMap lines;
  private final Statements statements = new Statements(this);
  private final Expressions expressions = new Expressions(this);
  private final List<Change> found = new ArrayList<>();
  private final Map<Place, Integer> alike = new HashMap<>();
  private String method = "";
  private int statement = -1;

  private Places(String file, String source) {
    this.file = file;
    this.source = source;
    JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
        .getTask(null, null, null, null, null, List.of(Sources.text(file, source)));
    try {
      this.unit = task.parse().iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.positions = Trees.instance(task).getSourcePositions();
    this.lines = unit.getLineMap();
  }

  /** All changes of a file, in the order of the source. */
  static List<Change> in(String file, String source) {
    Places places = new Places(file, source);
    places.scan(places.unit, null);
    return List.copyOf(places.found);
  }

  // ---- for the operators

  int start(Tree tree) {
    return (int) positions.getStartPosition(unit, tree);
  }

  int end(Tree tree) {
    return (int) positions.getEndPosition(unit, tree);
  }

  String text(Tree tree) {
    return source.substring(start(tree), end(tree));
  }

  String file() {
    return file;
  }

  /** One tree becomes another text. */
  void replace(Operator operator, Tree tree, String after) {
    add(operator, start(tree), text(tree), after, new Edit(start(tree), end(tree), after));
  }

  void add(Operator operator, int at, String before, String after, Edit... edits) {
    if (statement < 0) {
      return;
    }
    add(operator, at, Seen.statement(statement), before, after, edits);
  }

  /** One tree becomes another text, which makes a difference only where a part has a value. */
  void replace(Operator operator, Tree tree, String after, ExpressionTree part, boolean value) {
    if (statement < 0) {
      return;
    }
    Seen seen = text(part).contains(" instanceof ")
        ? Seen.statement(statement)
        : new Seen(start(part), end(part), value);
    Edit edit = new Edit(start(tree), end(tree), after);
    add(operator, start(tree), seen, text(tree), after, edit);
  }

  private void add(
      Operator operator, int at, Seen seen, String before, String after, Edit... edits) {
    Place first = new Place(file, method, operator, 0, inOneLine(before), inOneLine(after));
    int nth = alike.merge(first, 1, Integer::sum) - 1;
    Place place = new Place(file, method, operator, nth, first.before(), first.after());
    found.add(new Change(place, (int) lines.getLineNumber(at), seen, List.of(edits)));
  }

  private static String inOneLine(String text) {
    return text.replaceAll("//[^\n]*", "").strip().replaceAll("\\s+", " ");
  }

  // ---- walking

  @Override
  public Void visitMethod(MethodTree tree, Void unused) {
    String name = tree.getName().toString();
    if (SETS_THE_SCENE.contains(name) || name.startsWith("boot") || tree.getBody() == null) {
      return null;
    }
    String outer = method;
    int outerStatement = statement;
    method = name;
    statements.locks(tree);
    scan(tree.getBody(), null);
    method = outer;
    statement = outerStatement;
    return null;
  }

  @Override
  public Void visitBlock(BlockTree tree, Void unused) {
    all(tree.getStatements());
    return null;
  }

  @Override
  public Void visitCase(CaseTree tree, Void unused) {
    if (tree.getStatements() != null) {
      all(tree.getStatements());
    } else if (tree.getBody() instanceof StatementTree only) {
      statements.drop(only);
      scan(only, null);
    } else {
      scan(tree.getBody(), null);
    }
    return null;
  }

  private void all(List<? extends StatementTree> block) {
    int outer = statement;
    for (int i = 0; i < block.size(); i++) {
      StatementTree each = block.get(i);
      statement = start(each);
      statements.drop(each);
      if (i + 1 < block.size()) {
        statements.swap(each, block.get(i + 1));
      }
      scan(each, null);
    }
    statement = outer;
  }

  /** Makes changes as if they were in this statement. */
  void within(StatementTree tree, Runnable changes) {
    int outer = statement;
    statement = start(tree);
    changes.run();
    statement = outer;
  }

  @Override
  public Void visitIf(IfTree tree, Void unused) {
    if (Kernelspeak.isDebugging(text(tree.getCondition()))) {
      return null;
    }
    expressions.condition(tree.getCondition(), true);
    return super.visitIf(tree, null);
  }

  @Override
  public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
    expressions.condition(tree.getCondition(), false);
    return super.visitWhileLoop(tree, null);
  }

  @Override
  public Void visitForLoop(ForLoopTree tree, Void unused) {
    if (tree.getCondition() != null) {
      expressions.condition(tree.getCondition(), false);
    }
    return super.visitForLoop(tree, null);
  }

  @Override
  public Void visitConditionalExpression(ConditionalExpressionTree tree, Void unused) {
    expressions.condition(tree.getCondition(), true);
    return super.visitConditionalExpression(tree, null);
  }

  @Override
  public Void visitThrow(ThrowTree tree, Void unused) {
    return null;
  }

  @Override
  public Void visitBinary(BinaryTree tree, Void unused) {
    expressions.binary(tree);
    return super.visitBinary(tree, null);
  }

  @Override
  public Void visitVariable(VariableTree tree, Void unused) {
    ExpressionTree initial = tree.getInitializer();
    if (initial != null) {
      expressions.number(initial);
    }
    return super.visitVariable(tree, null);
  }

  @Override
  public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
    if (Kernelspeak.isForTheChecker(tree)) {
      return null;
    }
    expressions.call(tree);
    return super.visitMethodInvocation(tree, null);
  }

  @Override
  public Void visitMemberSelect(MemberSelectTree tree, Void unused) {
    expressions.name(tree);
    return super.visitMemberSelect(tree, null);
  }
}
