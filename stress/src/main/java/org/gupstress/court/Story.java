// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gupstress.audit.Case;
import org.gupstress.audit.Evidence;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Result;
import org.gupstress.explore.Token;
import org.gupstress.explore.Trace;
import org.gupstress.memory.MemoryModel;
import org.gupstress.page.Kernel;
import org.gupstress.result.Fields;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.text.Format;
import org.gupstress.text.Ink;
import org.gupstress.text.Sheet;
import org.gupstress.text.TraceText;

/**
 * A counterexample step by step. Shipped designs in shipped scenarios are run again when it is
 * printed; the code of a user is not there any more when a file is read, so its steps are kept.
 *
 * @param token of the counterexample
 * @param kept the lines in each format, or empty if it can be run again
 */
public record Story(String token, Map<Format, List<String>> kept) {
  /** Steps mean the same whether states are merged or not, but not whether accesses are. */
  private static final List<Reductions> ALTERNATIVES =
      List.of(Reductions.ALL, new Reductions(true, true, false));

  /** The story of something that was just found. */
  static Optional<Story> of(Case found, HarmRow harm) {
    Result.Violation violation =
        found.result() == null ? null : found.result().violations().get(harm.harm());
    if (harm.token() == null || violation == null) {
      return Optional.empty();
    }
    Map<Format, List<String>> kept = new EnumMap<>(Format.class);
    if (plan(Token.parse(harm.token())).isEmpty()) {
      for (Format format : Format.values()) {
        StringWriter text = new StringWriter();
        new Evidence(found, violation).printStory(new Sheet(new PrintWriter(text), format, false));
        kept.put(format, text.toString().lines().toList());
      }
    }
    return Optional.of(new Story(harm.token(), kept));
  }

  /** The plan of a token, if all that it names is shipped. */
  private static Optional<Plan> plan(Token token) {
    Optional<PinDesign> design = Designs.all().stream()
        .filter(known -> known.id().equals(token.design()))
        .findFirst();
    Optional<Scenario> scenario = Catalogue.shipped().stream()
        .filter(known -> known.id().equals(token.scenario()))
        .findFirst();
    return design.flatMap(which -> scenario.flatMap(where -> Kernel.find(token.kernel())
        .map(kernel -> new Plan(
            which, where, kernel, token.cpus(), token.rounds(), MemoryModel.of(token.memory())))));
  }

  /** Prints it. */
  public void print(Sheet sheet) {
    for (Map.Entry<Format, List<String>> lines : kept.entrySet()) {
      if ((lines.getKey() == Format.MAIL) == sheet.isMail()) {
        lines.getValue().forEach(line -> sheet.row(List.of(new Sheet.Span(Ink.PLAIN, line))));
        return;
      }
    }
    Token parsed = Token.parse(token);
    Plan plan = plan(parsed).orElse(null);
    if (plan != null) {
      for (Reductions reductions : ALTERNATIVES) {
        if (Replay.stamp(plan, reductions, parsed.schedule()).equals(parsed.stamp())) {
          print(plan, parsed, Replay.again(plan, reductions, parsed.schedule()), sheet);
          return;
        }
      }
    }
    sheet.token(0, token);
    sheet.text("The counterexample is of another version of the tool or of " + parsed.design()
        + ": it cannot be shown.");
  }

  private static void print(Plan plan, Token token, Replay.Retold retold, Sheet sheet) {
    Trace trace = retold.trace();
    if (trace == null) {
      sheet.text(retold.otherwise());
    } else {
      TraceText.print(plan, token, trace, false, sheet);
    }
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("token", token);
    for (Map.Entry<Format, List<String>> format : kept.entrySet()) {
      CellRow.texts(name(format.getKey()), format.getValue(), json);
    }
    json.writeEndObject();
  }

  static Story read(Fields row) throws IOException {
    Map<Format, List<String>> kept = new EnumMap<>(Format.class);
    for (Format format : Format.values()) {
      if (row.has(name(format))) {
        kept.put(format, row.texts(name(format)));
      }
    }
    String token = row.text("token");
    try {
      Token.parse(token);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    return new Story(token, kept);
  }

  private static String name(Format format) {
    return format.name().toLowerCase(Locale.ROOT);
  }
}
