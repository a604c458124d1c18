// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;

/**
 * Finds a finally that does not pass on what was thrown: one that returns, or goes on with a loop.
 * It catches everything, and with it the signal with which the explorer stops an operation.
 *
 * <p>A finally of the usual kind ends by throwing again what it caught, on every way through it. So
 * it swallows something if a return can be reached from its beginning.
 */
final class Swallowing {
  private Swallowing() {}

  /** Whether a method has one. */
  static boolean isIn(MethodNode method) {
    for (TryCatchBlockNode block : method.tryCatchBlocks) {
      if (block.type == null && returns(block.handler)) {
        return true;
      }
    }
    return false;
  }

  private static boolean returns(LabelNode handler) {
    Set<AbstractInsnNode> seen = new HashSet<>();
    Deque<AbstractInsnNode> open = new ArrayDeque<>(List.of(handler));
    while (!open.isEmpty()) {
      AbstractInsnNode at = open.remove();
      if (!seen.add(at)) {
        continue;
      }
      int opcode = at.getOpcode();
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        return true;
      }
      open.addAll(next(at));
    }
    return false;
  }

  /** The instructions that may follow, if nothing more is thrown. */
  private static List<AbstractInsnNode> next(AbstractInsnNode at) {
    List<AbstractInsnNode> next = new ArrayList<>();
    boolean goesOn = at.getOpcode() != Opcodes.ATHROW && at.getOpcode() != Opcodes.GOTO;
    if (at instanceof JumpInsnNode jump) {
      next.add(jump.label);
    } else if (at instanceof TableSwitchInsnNode table) {
      next.addAll(table.labels);
      next.add(table.dflt);
      goesOn = false;
    } else if (at instanceof LookupSwitchInsnNode lookup) {
      next.addAll(lookup.labels);
      next.add(lookup.dflt);
      goesOn = false;
    }
    if (goesOn && at.getNext() != null) {
      next.add(at.getNext());
    }
    return next;
  }
}
