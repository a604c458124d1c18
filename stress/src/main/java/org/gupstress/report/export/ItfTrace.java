// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gupstress.claim.Finding;
import org.gupstress.claim.PageFields;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Surroundings;
import org.gupstress.explore.Token;
import org.gupstress.explore.Trace;
import org.gupstress.memory.Arena;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.jspecify.annotations.Nullable;

/**
 * A counterexample in the Informal Trace Format of Apalache and Quint (ADR 15): the state before
 * the first step and after each. Whole numbers are {@code #bigint}, as a word of 64 bits is no
 * number of JavaScript.
 */
public final class ItfTrace {
  private static final List<String> VARIABLES = List.of(
      "cpu", "interrupt", "operation", "access", "pages", "locks", "pagevecs", "buffers", "harms");

  private final JsonGenerator json;

  private ItfTrace(JsonGenerator json) {
    this.json = json;
  }

  /** Writes one. */
  public static void write(Plan plan, Token token, Trace trace, OutputStream out)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      new ItfTrace(json).write(plan, token, trace);
    }
  }

  private void write(Plan plan, Token token, Trace trace) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("#meta");
    json.writeStringField("format", "ITF");
    json.writeStringField(
        "format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html");
    json.writeStringField("source", token.toString());
    json.writeStringField("description", plan.name() + ", " + plan.size());
    json.writeEndObject();
    json.writeArrayFieldStart("vars");
    for (String variable : VARIABLES) {
      json.writeString(variable);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("states");
    Map<Integer, PageFields> pages = new TreeMap<>();
    trace.initial().forEach(page -> pages.put(page.page(), page));
    state(0, null, pages, trace.names());
    for (int i = 0; i < trace.steps().size(); i++) {
      Trace.Step step = trace.steps().get(i);
      step.pages().forEach(page -> pages.put(page.page(), page));
      state(i + 1, step, pages, trace.names());
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void state(
      int index, Trace.@Nullable Step step, Map<Integer, PageFields> pages, Arena names)
      throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("#meta");
    json.writeNumberField("index", index);
    json.writeEndObject();
    number("cpu", step == null ? -1 : step.cpu());
    json.writeBooleanField("interrupt", step != null && step.inInterrupt());
    json.writeStringField("operation", step == null ? "" : step.operation());
    json.writeStringField("access", step == null ? "" : step.text(names));
    json.writeArrayFieldStart("pages");
    for (PageFields page : pages.values()) {
      page(page, names);
    }
    json.writeEndArray();
    Surroundings around = step == null ? Surroundings.NONE : step.around();
    json.writeArrayFieldStart("locks");
    for (Surroundings.Holder holder : around.holders()) {
      json.writeStartObject();
      number("cpu", holder.cpu());
      json.writeBooleanField("interrupt", holder.inInterrupt());
      json.writeBooleanField("irqs_off", holder.irqsOff());
      texts("held", holder.locks());
      json.writeEndObject();
    }
    json.writeEndArray();
    map("pagevecs", around.pagevecs());
    map("buffers", around.buffers());
    set(
        "harms",
        step == null
            ? new TreeSet<>()
            : step.findings().stream()
                .map(Finding::label)
                .collect(Collectors.toCollection(TreeSet::new)));
    json.writeEndObject();
  }

  private void map(String name, Map<String, List<String>> lists) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeArrayFieldStart("#map");
    for (Map.Entry<String, List<String>> list : lists.entrySet()) {
      json.writeStartArray();
      json.writeString(list.getKey());
      json.writeStartArray();
      for (String text : list.getValue()) {
        json.writeString(text);
      }
      json.writeEndArray();
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void page(PageFields page, Arena names) throws IOException {
    json.writeStartObject();
    number("page", page.page());
    number("refcount", page.refcount());
    number("pins", page.pins());
    json.writeBooleanField("free", page.isFree());
    json.writeStringField(
        "list", page.list() == 0 ? "" : names.name(page.list()).replace(".next", ""));
    set(
        "flags",
        page.flags().stream().map(PageFlag::id).collect(Collectors.toCollection(TreeSet::new)));
    number("lru_next", page.lruNext());
    number("lru_prev", page.lruPrev());
    json.writeStringField("written_by", View.letters(page.writers()));
    json.writeEndObject();
  }

  private void number(String name, long value) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("#bigint", Long.toString(value));
    json.writeEndObject();
  }

  private void set(String name, Set<String> texts) throws IOException {
    json.writeObjectFieldStart(name);
    texts("#set", List.copyOf(texts));
    json.writeEndObject();
  }

  private void texts(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
