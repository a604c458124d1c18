// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The strip of a page, field by field, to be compared with the one before it. */
record PageStrip(String page, Map<String, String> fields) {

  /** Reads a strip: the page's name, a colon, fields between commas that stand in no brackets. */
  static PageStrip parse(String strip) {
    int colon = Math.max(0, strip.indexOf(": "));
    Map<String, String> fields = new LinkedHashMap<>();
    for (String field : split(strip.substring(Math.min(strip.length(), colon + 2)))) {
      fields.put(key(field), field);
    }
    return new PageStrip(strip.substring(0, colon), fields);
  }

  private static List<String> split(String text) {
    List<String> fields = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        fields.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    fields.add(text.substring(start).strip());
    return fields;
  }

  /** A page is on a list, on none, or in hand: one field. */
  private static String key(String field) {
    int space = field.indexOf(' ');
    String word = space < 0 ? field : field.substring(0, space);
    return "in".equals(word) ? "on" : word;
  }

  /** The fields that are not as they were. */
  String since(PageStrip before) {
    List<String> changed = new ArrayList<>();
    fields.forEach((key, field) -> {
      if (!field.equals(before.fields.get(key))) {
        changed.add(field);
      }
    });
    for (String key : before.fields.keySet()) {
      if (!fields.containsKey(key)) {
        changed.add("pins".equals(key) ? "pins 0" : "not " + key);
      }
    }
    return page + ": " + String.join(", ", changed);
  }
}
