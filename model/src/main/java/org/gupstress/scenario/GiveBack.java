// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.design.Mm;
import org.gupstress.memory.Accessor;
import org.gupstress.memory.Cpu;

/**
 * Gives back what registers hold. A register that is empty had nothing to give: get_user_pages has
 * failed. Afterwards it is empty, but for a driver that gives back twice: that one cannot have
 * cleared its pointer in between.
 *
 * @param first the first register
 * @param registers how many
 * @param keeps whether they keep what they had
 * @param one gives back the page of one register
 */
record GiveBack(int first, int registers, boolean keeps, One one) implements Operation.Body {

  /** Gives back the page that is in a register. */
  @FunctionalInterface
  interface One {
    void run(Mm mm, Cpu cpu, long page, int register);
  }

  /** A trace knows it by the name of the operation. */
  @Accessor
  @Override
  public void run(Mm mm, Cpu cpu) {
    for (int register = first; register < first + registers; register++) {
      long page = cpu.register(register);
      if (page != 0) {
        one.run(mm, cpu, page, register);
        if (!keeps) {
          cpu.setRegister(register, 0);
        }
      }
    }
  }

  /**
   * The program as its driver means it: what is given back again by a later operation stays in its
   * register, if nobody can have put something else there meanwhile.
   */
  static List<Operation> again(List<Operation> program) {
    List<Operation> performed = new ArrayList<>(program);
    for (int i = 0; i < program.size(); i++) {
      if (program.get(i).body() instanceof GiveBack giveBack && giveBack.comesAgain(program, i)) {
        performed.set(
            i,
            program
                .get(i)
                .doing(new GiveBack(giveBack.first, giveBack.registers, true, giveBack.one)));
      }
    }
    return performed;
  }

  private boolean comesAgain(List<Operation> program, int at) {
    for (Operation later : program.subList(at + 1, program.size())) {
      if (later.body() instanceof GiveBack other && other.bits() == bits()) {
        return true;
      }
      if ((later.writes() & bits()) != 0) {
        return false;
      }
    }
    return false;
  }

  private int bits() {
    return ((1 << registers) - 1) << first;
  }
}
