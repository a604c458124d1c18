// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.race.Check;
import org.gupstress.race.Race;
import org.gupstress.race.Races;
import org.gupstress.race.Source;

/** Writes what verdicts are made of: claims, harms, races and checks, with their sentences. */
final class CatalogueData {
  private CatalogueData() {}

  static void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("claims");
    for (Claim claim : Claim.values()) {
      json.writeObjectFieldStart(claim.id());
      json.writeStringField("sentence", claim.sentence());
      json.writeStringField("citation", claim.citation());
      json.writeStringField("meaning", claim.meaning());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("harms");
    for (Harm harm : Harm.values()) {
      json.writeArrayFieldStart(harm.id());
      json.writeString(harm.claim().id());
      json.writeString(harm.sentence());
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeArrayFieldStart("races");
    for (Race race : Races.all()) {
      race(race, json);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("checks");
    for (Check check : Check.all()) {
      json.writeStartObject();
      json.writeStringField("id", check.id());
      json.writeStringField("sentence", check.sentence());
      json.writeStringField("races", String.join(" ", check.races()));
      json.writeStringField("scenarios", String.join(", ", check.scenarios()));
      json.writeStringField("notShown", check.notShown());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void race(Race race, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", race.id());
    json.writeStringField("sentence", race.sentence());
    json.writeStringField("story", race.story());
    json.writeStringField("seen", race.seen());
    json.writeStringField("notShown", race.notShown());
    json.writeObjectFieldStart("designs");
    for (Map.Entry<String, String> design : race.designs().entrySet()) {
      json.writeStringField(design.getKey(), design.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("sources");
    for (Source source : race.sources()) {
      json.writeStartArray();
      json.writeString(source.text());
      json.writeString(source.link());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
