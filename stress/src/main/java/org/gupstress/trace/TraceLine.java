// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * One line of a trace, taken apart where it lies. ftrace and trace-cmd report write
 *
 * <pre>
 *   TASK-PID   (TGID)  [CPU] IRQS-OFF... SECONDS: EVENT: FIELDS
 * </pre>
 *
 * where TGID and the letters in front of the time may be missing, and a task's name may have
 * spaces, dashes and brackets. Stacks follow their event: a line of their own, then a line for each
 * function.
 */
final class TraceLine {
  /** What a line is. */
  enum Kind {
    EVENT,
    /** {@code <stack trace>}: of the last event of this CPU. */
    STACK,
    /** {@code => function}. */
    FRAME,
    /** The ring buffer was full, and events are lost. */
    LOST,
    /** A heading or an empty line. */
    REMARK,
    GARBLED
  }

  private static final int NANO_DIGITS = 9;
  private static final int CPU_MAX = 1 << 14;
  private static final byte[] EVENTS = "EVENTS".getBytes(ISO_8859_1);
  private static final String[] REMARKS = {"cpus=", "version = ", "CPU ", "trace-cmd"};

  private final EventNames names = new EventNames();

  byte[] text = {};
  private int from;
  private int to;

  int cpu;
  int pid;

  /** On the clock of the trace: nanoseconds, or ticks if {@link #isInTicks}. */
  long nanos;

  /** Whether the clock counts something else than seconds. */
  boolean isInTicks;

  /** Null if it is not one that is read. */
  @Nullable
  TraceEvent event;

  private int commFrom;
  private int commTo;
  private int nameFrom;
  private int nameTo;

  /** Where the fields of the event begin. */
  int fields;

  /** Events that were lost, 0 if the trace does not say how many. */
  long lost;

  /** Takes a line apart. */
  Kind read(byte[] bytes, int begin, int end) {
    text = bytes;
    from = begin;
    to = end;
    while (from < to && text[from] == ' ') {
      from++;
    }
    if (from == to || text[from] == '#') {
      return Kind.REMARK;
    }
    if (text[from] == '=' && from + 2 < to && text[from + 1] == '>') {
      return Kind.FRAME;
    }
    if (startsWith("CPU:")) {
      return lost();
    }
    Kind kind = event();
    if (kind == Kind.GARBLED) {
      for (String remark : REMARKS) {
        if (startsWith(remark)) {
          return Kind.REMARK;
        }
      }
    }
    return kind;
  }

  private boolean startsWith(String start) {
    if (to - from < start.length()) {
      return false;
    }
    for (int i = 0; i < start.length(); i++) {
      if (text[from + i] != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** CPU:1 [LOST 42 EVENTS], CPU:1 [LOST EVENTS], or of trace-cmd CPU:1 [42 EVENTS DROPPED]. */
  private Kind lost() {
    int at = Payload.find(text, from, to, EVENTS);
    if (at < 0) {
      return Kind.GARBLED;
    }
    int end = backOverSpaces(at);
    int digits = end;
    while (digits > from && isDigit(text[digits - 1])) {
      digits--;
    }
    lost = digits == end ? 0 : Math.max(0, Payload.decimal(text, digits, end));
    return Kind.LOST;
  }

  private Kind event() {
    for (int open = cpuAfter(from); open >= 0; open = cpuAfter(open + 1)) {
      int at = afterCpu(open);
      if (at >= 0 && task(open) && time(at)) {
        return event == null && isStack() ? Kind.STACK : Kind.EVENT;
      }
    }
    return Kind.GARBLED;
  }

  /** The next {@code [} that a number follows; names of tasks may have one too. */
  private int cpuAfter(int begin) {
    for (int i = begin; i < to - 1; i++) {
      if (text[i] == '[' && isDigit(text[i + 1])) {
        return i;
      }
    }
    return -1;
  }

  private int afterCpu(int open) {
    int number = 0;
    int at = open + 1;
    while (at < to && isDigit(text[at]) && number < CPU_MAX) {
      number = number * 10 + text[at++] - '0';
    }
    cpu = number;
    return at < to && text[at] == ']' && number < CPU_MAX ? at + 1 : -1;
  }

  /** TASK-PID, and perhaps (TGID), end in front of the CPU. */
  private boolean task(int open) {
    int end = backOverSpaces(open);
    if (end > from && text[end - 1] == ')') {
      int bracket = end - 1;
      while (bracket > from && text[bracket] != '(') {
        bracket--;
      }
      end = backOverSpaces(bracket);
    }
    int digits = end;
    while (digits > from && isDigit(text[digits - 1])) {
      digits--;
    }
    if (digits == end || end - digits > 9 || digits - 1 <= from || text[digits - 1] != '-') {
      return false;
    }
    pid = (int) Payload.decimal(text, digits, end);
    commFrom = from;
    commTo = digits - 1;
    return true;
  }

  private int backOverSpaces(int end) {
    int at = end;
    while (at > from && text[at - 1] == ' ') {
      at--;
    }
    return at;
  }

  /** Perhaps letters, then the time and a colon, then the event. */
  private boolean time(int begin) {
    int at = overSpaces(begin);
    for (int words = 0; words < 2 && at < to && !isDigit(text[at]); words++) {
      while (at < to && text[at] != ' ') {
        at++;
      }
      at = overSpaces(at);
    }
    long whole = 0;
    int digits = at;
    while (at < to && isDigit(text[at]) && at - digits < 18) {
      whole = whole * 10 + text[at++] - '0';
    }
    if (at == digits || at >= to) {
      return false;
    }
    isInTicks = text[at] != '.';
    if (!isInTicks) {
      at = fraction(at + 1, whole);
    } else {
      nanos = whole;
    }
    if (at < 0 || at >= to || text[at] != ':') {
      return false;
    }
    return name(overSpaces(at + 1));
  }

  private int fraction(int begin, long seconds) {
    long fraction = 0;
    int at = begin;
    while (at < to && isDigit(text[at])) {
      fraction = at - begin < NANO_DIGITS ? fraction * 10 + text[at] - '0' : fraction;
      at++;
    }
    if (at == begin || seconds > Long.MAX_VALUE / 2_000_000_000L) {
      return -1;
    }
    for (int digits = at - begin; digits < NANO_DIGITS; digits++) {
      fraction *= 10;
    }
    nanos = seconds * 1_000_000_000L + fraction;
    return at;
  }

  /** The name ends at a colon; one of the function tracer has none. */
  private boolean name(int begin) {
    int at = begin;
    while (at < to && text[at] != ':' && text[at] != ' ') {
      at++;
    }
    if (at == begin) {
      return false;
    }
    nameFrom = begin;
    nameTo = at;
    fields = at < to && text[at] == ':' ? at + 1 : at;
    event = names.find(text, nameFrom, nameTo);
    return true;
  }

  /** {@code <stack trace>} of ftrace, {@code kernel_stack: <stack trace>} of trace-cmd. */
  private boolean isStack() {
    return text[nameFrom] == '<' || name().equals("kernel_stack");
  }

  private int overSpaces(int begin) {
    int at = begin;
    while (at < to && text[at] == ' ') {
      at++;
    }
    return at;
  }

  /** What the event is called. */
  String name() {
    return new String(text, nameFrom, nameTo - nameFrom, ISO_8859_1);
  }

  String task() {
    return new String(text, commFrom, commTo - commFrom, ISO_8859_1);
  }

  /** The function of a frame, without offset, address and what compilers append. */
  String function() {
    int begin = overSpaces(from + 2);
    int at = begin;
    while (at < to && (Character.isLetterOrDigit(text[at]) || text[at] == '_')) {
      at++;
    }
    return new String(text, begin, at - begin, ISO_8859_1);
  }

  /** A field with its {@code =}, as a number of its base; {@link Payload#NONE} if there is none. */
  long number(byte[] key) {
    return Payload.number(text, fields, to, key);
  }

  /** Where the value of a field begins, or -1. */
  int value(byte[] key) {
    return Payload.value(text, fields, to, key);
  }

  int end() {
    return to;
  }

  private static boolean isDigit(byte each) {
    return each >= '0' && each <= '9';
  }
}
