// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.VariableTree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which names of the model mean what to a mutant: locks, barriers, ends, flags, and what is none.
 */
final class Kernelspeak {
  private static final Set<String> FOR_THE_CHECKER =
      Set.of("note", "at", "bug", "bugOn", "define", "defineBit", "rename");

  /** What takes something, and what gives it back. */
  static final Map<String, String> LOCKS = Map.of(
      "lock", "unlock",
      "lockIrq", "unlockIrq",
      "lockIrqsave", "unlockIrqrestore",
      "lockBits64", "unlockBits64",
      "irqSave", "irqRestore",
      "irqDisable", "irqEnable",
      "preemptDisable", "preemptEnable",
      "beginWalk", "endWalk");

  static final Set<String> BARRIERS = Set.of("mb", "rmb", "wmb", "mbAfterAtomic");

  /** Accesses that are stronger than another with the same effect. */
  static final Map<String, String> WEAKER = Map.of(
      "readOnce64", "read64",
      "readOnce32", "read32",
      "writeOnce64", "write64",
      "writeOnce32", "write32",
      "writeRelease32", "write32",
      "addFull32", "add32");

  static final Map<String, String> OTHER_END = Map.of(
      "add", "addTail",
      "addTail", "add",
      "move", "moveTail",
      "moveTail", "move",
      "next", "prev",
      "prev", "next");

  /** Page flags, pte bits and tags, each with one that is easily taken for it. */
  static final Map<String, String> OTHER_FLAG = Map.ofEntries(
      Map.entry("PageFlag.LRU", "PageFlag.ACTIVE"),
      Map.entry("PageFlag.ACTIVE", "PageFlag.REFERENCED"),
      Map.entry("PageFlag.REFERENCED", "PageFlag.ACTIVE"),
      Map.entry("PageFlag.DIRTY", "PageFlag.WRITEBACK"),
      Map.entry("PageFlag.WRITEBACK", "PageFlag.DIRTY"),
      Map.entry("PageFlag.UNEVICTABLE", "PageFlag.MLOCKED"),
      Map.entry("PageFlag.MLOCKED", "PageFlag.UNEVICTABLE"),
      Map.entry("PageFlag.RECLAIM", "PageFlag.REFERENCED"),
      Map.entry("PageFlag.LOCKED", "PageFlag.WRITEBACK"),
      Map.entry("PageFlag.UPTODATE", "PageFlag.REFERENCED"),
      Map.entry("PageFlag.PRIVATE", "PageFlag.PRIVATE_2"),
      Map.entry("PageFlag.SWAPBACKED", "PageFlag.ACTIVE"),
      Map.entry("PageFlag.HEAD", "PageFlag.LRU"),
      Map.entry("PageFlag.WAITERS", "PageFlag.LOCKED"),
      Map.entry("PageTable.DIRTY", "PageTable.YOUNG"),
      Map.entry("PageTable.YOUNG", "PageTable.DIRTY"),
      Map.entry("PageTable.WRITE", "PageTable.DIRTY"),
      Map.entry("AddressSpace.DIRTY", "AddressSpace.WRITEBACK"),
      Map.entry("AddressSpace.WRITEBACK", "AddressSpace.DIRTY"));

  static final Map<String, String> OTHER_COUNTER = Map.of(
      "PageLayout.REFCOUNT", "PageLayout.MAPCOUNT",
      "PageLayout.MAPCOUNT", "PageLayout.REFCOUNT",
      "LruList.INACTIVE_FILE", "LruList.ACTIVE_FILE",
      "LruList.ACTIVE_FILE", "LruList.INACTIVE_FILE",
      "LruList.INACTIVE_ANON", "LruList.ACTIVE_ANON",
      "LruList.ACTIVE_ANON", "LruList.INACTIVE_ANON");

  /** Calls that add to a counter; the last argument says how much. */
  static final Set<String> ADDS =
      Set.of("add32", "addFull32", "subReturn32", "addSize", "addIsolated", "addRefs");

  private Kernelspeak() {}

  /** Whether a condition asks for a debug kernel. */
  static boolean isDebugging(String condition) {
    return condition.contains("debugVm()") || condition.contains("debugList()");
  }

  static boolean isForTheChecker(MethodInvocationTree call) {
    return FOR_THE_CHECKER.contains(name(call));
  }

  static boolean isForTheChecker(StatementTree statement) {
    return call(statement).filter(Kernelspeak::isForTheChecker).isPresent();
  }

  /** The call that a statement is, or whose value a variable begins with. */
  static Optional<MethodInvocationTree> call(StatementTree statement) {
    if (statement instanceof ExpressionStatementTree only
        && only.getExpression() instanceof MethodInvocationTree call) {
      return Optional.of(call);
    }
    return statement instanceof VariableTree variable
            && variable.getInitializer() instanceof MethodInvocationTree call
        ? Optional.of(call)
        : Optional.empty();
  }

  static String name(MethodInvocationTree call) {
    ExpressionTree select = call.getMethodSelect();
    return select instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : select instanceof IdentifierTree simple ? simple.getName().toString() : "";
  }

  /** On what a method is called; empty for this. */
  static String receiver(MethodInvocationTree call) {
    return call.getMethodSelect() instanceof MemberSelectTree member
        ? member.getExpression().toString()
        : "";
  }
}
