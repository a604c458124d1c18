// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tasks of a trace by pid; beyond a limit they are all one. */
final class Tasks {
  private static final int MAX = 1 << 16;

  private final Map<Integer, Task> tasks = new HashMap<>();
  private final List<Task> numbered = new ArrayList<>();

  /** The task of a line. */
  Task of(TraceLine line) {
    // each CPU has an idle task, and all of these have pid 0
    int key = line.pid == 0 ? -1 - line.cpu : line.pid;
    Task known = tasks.get(key);
    if (known != null) {
      return known;
    }
    boolean isFull = numbered.size() >= MAX;
    if (isFull) {
      return numbered.get(MAX - 1);
    }
    Task task = new Task(numbered.size(), plain(line.task()), line.pid);
    tasks.put(key, task);
    numbered.add(task);
    return task;
  }

  private static String plain(String comm) {
    return comm.replaceAll("[^ -~]", "?");
  }

  List<Task> all() {
    return numbered;
  }

  int size() {
    return numbered.size();
  }

  String label(int number) {
    return numbered.get(number).label;
  }
}
