// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gupstress.memory.Caller;

/** The lines of the model, as the build has put its sources beside the classes. */
final class SourceLines {
  private static final int LINES_MAX = 3;

  private final Map<String, List<String>> files = new ConcurrentHashMap<>();

  /** Where it is: a file and a line. */
  static String place(Caller caller) {
    return caller.type().substring(caller.type().lastIndexOf('.') + 1) + ".java:" + caller.line();
  }

  /** The statement there, or empty if the source is not there. */
  String statement(Caller caller) {
    List<String> lines = files.computeIfAbsent(caller.type(), SourceLines::read);
    int at = caller.line() - 1;
    if (at < 0 || at >= lines.size()) {
      return "";
    }
    StringBuilder statement = new StringBuilder(lines.get(at).strip());
    for (int more = 1; more < LINES_MAX && at + more < lines.size(); more++) {
      if (isWhole(statement)) {
        break;
      }
      statement.append(' ').append(lines.get(at + more).strip());
    }
    return statement.toString();
  }

  private static boolean isWhole(StringBuilder statement) {
    char last = statement.length() == 0 ? ';' : statement.charAt(statement.length() - 1);
    return last == ';' || last == '{' || last == '}';
  }

  private static List<String> read(String type) {
    String file = "/META-INF/source/" + type.replace('.', '/') + ".java";
    try (InputStream in = Caller.class.getResourceAsStream(file)) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
