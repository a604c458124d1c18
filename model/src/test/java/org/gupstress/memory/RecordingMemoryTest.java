// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.gupstress.lru.ListHead;
import org.gupstress.memory.RecordingMemory.Noted;
import org.gupstress.memory.RecordingMemory.Outcome;
import org.gupstress.page.Kernel;
import org.junit.jupiter.api.Test;

/** Replay by restart: answers, stops, notes, and code that breaks the rules. */
class RecordingMemoryTest {
  private static final long A = Arena.BASE + 8;
  private static final long B = Arena.BASE + 16;
  private static final Access READ_A = new Access(Op.READ64, A, 0, 0, View.FIELD);
  private static final Access READ_B = new Access(Op.READ64, B, 0, 0, View.FIELD);

  private final RecordingMemory memory = new RecordingMemory(false);

  @Test
  void anOperationIsStoppedAtItsFirstNewAccess() {
    List<String> went = new ArrayList<>();
    Runnable operation = () -> {
      went.add("begun");
      long seen = memory.read64(A);
      went.add("saw " + seen);
      memory.through(View.PIN).add32(B, (int) seen);
      went.add("done");
    };
    assertThat(memory.run(operation)).isEqualTo(new Outcome.Wants(READ_A, List.of()));
    assertThat(went).containsExactly("begun");
    went.clear();
    memory.answer(READ_A, 5);
    Access add = new Access(Op.ADD32, B, 5, 0, View.PIN);
    assertThat(memory.run(operation)).isEqualTo(new Outcome.Wants(add, List.of()));
    assertThat(went).containsExactly("begun", "saw 5");
    went.clear();
    memory.answer(add, 0);
    assertThat(memory.run(operation)).isEqualTo(new Outcome.Returned());
    assertThat(went).containsExactly("begun", "saw 5", "done");
  }

  @Test
  void theAnswerDecidesWhichWayTheOperationGoes() {
    Runnable operation = () -> {
      if (memory.testAndSetBits64(A, 1)) {
        memory.read64(B);
      }
    };
    Access test = new Access(Op.TEST_SET64, A, 1, 0, View.FIELD);
    memory.answer(test, 0);
    assertThat(memory.run(operation)).isEqualTo(new Outcome.Returned());
    memory.clear();
    memory.answer(test, 1);
    assertThat(memory.run(operation)).isEqualTo(new Outcome.Wants(READ_B, List.of()));
  }

  @Test
  void clearedMemoryBeginsAnOperationAnew() {
    memory.answer(READ_A, 1);
    memory.clear();
    assertThat(memory.run(() -> memory.read64(A))).isEqualTo(new Outcome.Wants(READ_A, List.of()));
  }

  @Test
  void aViewIsForOneAccessAndDoesNotOutliveARun() {
    memory.run(() -> memory.through(View.LIST));
    assertThat(memory.run(() -> memory.read64(A))).isEqualTo(new Outcome.Wants(READ_A, List.of()));
    Access throughPin = new Access(Op.READ64, A, 0, 0, View.PIN);
    memory.answer(throughPin, 0);
    assertThat(memory.run(() -> {
          memory.through(View.PIN).read64(A);
          memory.read64(B);
        }))
        .isEqualTo(new Outcome.Wants(READ_B, List.of()));
  }

  @Test
  void theStopCarriesNoStackTraceAndNoExceptionLeaks() {
    List<Throwable> caught = new ArrayList<>();
    Outcome outcome = memory.run(() -> {
      try {
        memory.read64(A);
      } catch (RuntimeException stop) {
        caught.add(stop);
        throw stop;
      }
    });
    assertThat(outcome).isEqualTo(new Outcome.Wants(READ_A, List.of()));
    assertThat(caught.get(0).getStackTrace()).isEmpty();
    assertThat(caught.get(0).getMessage()).isNull();
  }

  // ---- notes

  @Test
  void onlyTheNotesBehindTheLastAnswerAreNew() {
    Runnable operation = () -> {
      memory.note(Note.FREED, 1);
      memory.read64(A);
      memory.note(Note.REF, 2, 3, 4);
      memory.note(Note.ALLOCATED, 5);
      memory.read64(B);
      memory.note(Note.ACCESSED, 6);
    };
    memory.run(operation);
    assertThat(memory.notes()).containsExactly(new Noted(Note.FREED, 1, 0, 0));
    memory.answer(READ_A, 0);
    memory.run(operation);
    assertThat(memory.notes())
        .containsExactly(new Noted(Note.REF, 2, 3, 4), new Noted(Note.ALLOCATED, 5, 0, 0));
    memory.answer(READ_B, 0);
    memory.run(operation);
    assertThat(memory.notes()).containsExactly(new Noted(Note.ACCESSED, 6, 0, 0));
  }

  // ---- what must not be

  @Test
  void anotherAccessOnReexecutionIsNamedWithTheFirstOne() {
    AtomicInteger runs = new AtomicInteger();
    Runnable operation = () -> memory.read64(runs.getAndIncrement() == 0 ? A : B);
    memory.run(operation);
    memory.answer(READ_A, 0);
    Outcome outcome = memory.run(operation);
    assertThat(((Outcome.Fault) outcome).text())
        .startsWith("access 1 differs on re-execution: first")
        .contains(", then ");
  }

  @Test
  void anotherValueOrViewOnReexecutionIsAnotherAccess() {
    AtomicInteger runs = new AtomicInteger();
    Runnable operation = () -> memory.write64(A, runs.getAndIncrement());
    memory.run(operation);
    memory.answer(new Access(Op.WRITE64, A, 0, 0, View.FIELD), 0);
    assertThat(memory.run(operation)).isInstanceOf(Outcome.Fault.class);
    memory.clear();
    memory.answer(READ_A, 0);
    assertThat(memory.run(() -> memory.through(View.PIN).read64(A)))
        .isInstanceOf(Outcome.Fault.class);
  }

  @Test
  void returningBeforeAnAnsweredAccessIsAFault() {
    memory.answer(READ_A, 0);
    assertThat(((Outcome.Fault) memory.run(() -> {})).text())
        .startsWith("returned on re-execution where it");
  }

  @Test
  void anExceptionIsAFaultWithThePlaceWhereItHappened() {
    Runnable operation = () -> {
      memory.read64(A);
      throw new IllegalStateException("oh");
    };
    memory.answer(READ_A, 0);
    assertThat(((Outcome.Fault) memory.run(operation)).text())
        .startsWith("threw java.lang.IllegalStateException: oh after ");
    memory.clear();
    assertThat(((Outcome.Fault) memory.run(() -> {
              throw new AssertionError("ah");
            }))
            .text())
        .isEqualTo("threw java.lang.AssertionError: ah before its first access");
  }

  @Test
  void aBugOfTheKernelEndsTheRunAndFiredOnReexecutionOnlyIsAFault() {
    Runnable operation = () -> {
      memory.read64(A);
      memory.bug("BUG");
    };
    memory.answer(READ_A, 0);
    assertThat(memory.run(operation)).isEqualTo(new Outcome.Bug("BUG"));
    memory.answer(READ_B, 0);
    assertThat(((Outcome.Fault) memory.run(operation)).text())
        .isEqualTo("fired \"BUG\" on re-execution only");
  }

  @Test
  void aTracedRunNamesTheKernelFunctionsThatLedToTheAccess() {
    RecordingMemory traced = new RecordingMemory(true);
    ListHead list = new ListHead(traced, Kernel.PRODUCTION);
    Outcome.Wants wants = (Outcome.Wants) traced.run(() -> list.addTail(A, B));
    assertThat(wants.callers())
        .extracting(Caller::function, Caller::isAccessor, Caller::type)
        .containsExactly(
            tuple("add_tail", false, ListHead.class.getName()),
            tuple("prev", true, ListHead.class.getName()));
    assertThat(wants.callers()).allMatch(caller -> caller.line() > 0);
  }
}
