// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gupstress.claim.Finding;
import org.gupstress.court.Audited;
import org.gupstress.court.Changes;
import org.gupstress.court.ExploreRow;
import org.gupstress.court.HarmRow;
import org.gupstress.court.Story;
import org.gupstress.explore.Odds;
import org.gupstress.explore.Tool;
import org.gupstress.report.ReportRows;
import org.gupstress.sampling.SampledOutcome;
import org.gupstress.sampling.SampledTest;
import org.gupstress.storm.StormRecord;
import org.jspecify.annotations.Nullable;

/** A page of results: one file, with all that it needs. */
public final class HtmlPage {
  /** What stands near the beginning of every such file. */
  public static final String MARK = "<meta name=\"generator\" content=\"gupstress\">";

  /** Steps that a page shows at most: a browser has to read them before it shows anything. */
  private static final int STEPS_MAX = 30_000;

  /** New harms that are shown step by step, at most. */
  private static final int NEW_MAX = 50;

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final List<ReportRows> files;
  private final @Nullable ChangesData changes;
  private final Replayer replayer;
  private final Texts texts = new Texts();
  private final SourceLines source = new SourceLines();

  private HtmlPage(List<ReportRows> files, @Nullable ChangesData changes, Replayer replayer) {
    this.files = files;
    this.changes = changes;
    this.replayer = replayer;
  }

  /**
   * Writes the page of these files.
   *
   * @param changes since another run, or null
   * @param replayer runs counterexamples again, on several threads
   */
  public static void write(
      List<ReportRows> files, @Nullable ChangesData changes, Replayer replayer, OutputStream out)
      throws IOException {
    String style = resource("page.css");
    String script = resource("page.js");
    String page = resource("page.html")
        .replace("@style-hash@", hash(style))
        .replace("@script-hash@", hash(script))
        .replace("@mark@", MARK);
    // the data comes last: what is in it is no place of the template
    String[] parts = page.split("@(?:style|data|script)@", -1);
    if (parts.length != 4) {
      throw new IOException("expected places for style, data and script in page.html");
    }
    out.write(parts[0].getBytes(UTF_8));
    out.write(style.getBytes(UTF_8));
    out.write(parts[1].getBytes(UTF_8));
    out.write(new HtmlPage(files, changes, replayer).data());
    out.write(parts[2].getBytes(UTF_8));
    out.write(script.getBytes(UTF_8));
    out.write(parts[3].getBytes(UTF_8));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  /** As a Content-Security-Policy names what may be run. */
  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The data as JSON in which nothing ends a script: no browser takes any of it for markup. */
  private byte[] data() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("version", Tool.VERSION);
      head(json);
      CatalogueData.write(json);
      List<Audited> audits = audits();
      json.writeArrayFieldStart("audits");
      for (Audited audited : audits) {
        new CourtData(json, texts).write(audited);
      }
      json.writeEndArray();
      CourtData.stories(audits, json);
      engines(json);
      if (changes != null) {
        changes.write(json);
      }
      traces(audits, json);
      texts.write(json);
      json.writeEndObject();
    }
    return bytes.toString(UTF_8).replace("<", "\\u003c").getBytes(UTF_8);
  }

  private void head(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("files");
    for (ReportRows file : files) {
      json.writeString(file.file() + (file.isCut() ? " (ends in the middle of a row)" : ""));
    }
    json.writeEndArray();
  }

  private List<Audited> audits() {
    List<Audited> audits = new ArrayList<>();
    files.forEach(file -> audits.addAll(file.court().audits()));
    return audits;
  }

  private List<ExploreRow> explorations() {
    List<ExploreRow> all = new ArrayList<>();
    files.forEach(file -> all.addAll(file.court().explorations()));
    return all;
  }

  private void engines(JsonGenerator json) throws IOException {
    EngineData engines = new EngineData(json);
    json.writeArrayFieldStart("outcomes");
    for (ReportRows file : files) {
      engines.outcomes(file.outcomes());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("storms");
    for (ReportRows file : files) {
      for (StormRecord storm : file.storms()) {
        engines.storm(storm);
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("bench");
    for (ReportRows file : files) {
      engines.benchmarks(file.benchmarks());
    }
    json.writeEndArray();
  }

  // ---- counterexamples

  /** The odds that are known along each counterexample, by token and harm. */
  private Map<String, Map<String, Odds>> wanted(List<Audited> audits) {
    Map<String, Map<String, Odds>> wanted = new LinkedHashMap<>();
    if (changes != null) {
      changes.changes().of(Changes.Kind.NEW).stream()
          .map(Changes.Change::token)
          .filter(Objects::nonNull)
          .limit(NEW_MAX)
          .forEach(token -> wanted.put(token, new LinkedHashMap<>()));
    }
    for (Audited audited : audits) {
      for (Audited.Shown shown : audited.shown()) {
        want(shown.harm(), audited.asked().odds(shown.harm()), wanted);
      }
      for (Story story : audited.asked().stories()) {
        wanted.computeIfAbsent(story.token(), token -> new LinkedHashMap<>());
      }
    }
    for (ExploreRow explored : explorations()) {
      explored.cell().harms().forEach(harm -> want(harm, harm.odds(), wanted));
    }
    for (ReportRows file : files) {
      for (SampledTest test : file.outcomes()) {
        test.outcomes().stream()
            .map(SampledOutcome::way)
            .filter(Objects::nonNull)
            .forEach(way -> wanted.computeIfAbsent(way.token(), token -> new LinkedHashMap<>()));
      }
    }
    return wanted;
  }

  private static void want(
      HarmRow harm, @Nullable Odds odds, Map<String, Map<String, Odds>> wanted) {
    if (harm.token() != null) {
      Map<String, Odds> known =
          wanted.computeIfAbsent(harm.token(), token -> new LinkedHashMap<>());
      if (odds != null) {
        known.put(harm.harm().id(), odds);
      }
    }
  }

  private void traces(List<Audited> audits, JsonGenerator json) throws IOException {
    Map<String, Map<String, Odds>> wanted = wanted(audits);
    List<String> tokens = List.copyOf(wanted.keySet());
    List<Replayer.Replayed> replayed =
        tokens.parallelStream().map(replayer::replay).toList();
    Map<String, String> untold = new LinkedHashMap<>();
    TraceData data = new TraceData(json, texts, source);
    int steps = 0;
    json.writeArrayFieldStart("traces");
    for (int i = 0; i < tokens.size(); i++) {
      Replayer.Replayed again = replayed.get(i);
      String token = tokens.get(i);
      if (again.trace() == null || again.plan() == null) {
        untold.put(token, again.otherwise());
      } else if (steps + again.trace().steps().size() > STEPS_MAX) {
        untold.put(token, "the page has " + STEPS_MAX + " steps of others already");
      } else {
        steps += again.trace().steps().size();
        data.write(token, again.plan(), again.trace(), odds(again, wanted.get(token)));
      }
    }
    json.writeEndArray();
    json.writeObjectFieldStart("untold");
    for (Map.Entry<String, String> token : untold.entrySet()) {
      json.writeStringField(token.getKey(), token.getValue());
    }
    json.writeEndObject();
  }

  /** Those that fit what was run: a file may say anything. */
  private static Map<String, Odds> odds(
      Replayer.Replayed again, @Nullable Map<String, Odds> known) {
    Map<String, Odds> odds = new LinkedHashMap<>();
    if (again.trace() == null || known == null) {
      return odds;
    }
    List<String> done = again.trace().conclusion().stream()
        .map(Finding::harm)
        .map(harm -> harm.id())
        .toList();
    known.forEach((harm, along) -> {
      if (done.contains(harm) && along.steps() == again.trace().steps().size()) {
        odds.put(harm, along);
      }
    });
    return odds;
  }
}
