// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gupstress.claim.PageFields;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Values;
import org.gupstress.memory.View;
import org.gupstress.page.PageFlag;
import org.gupstress.page.Ref;

/** The line of a page, field by field, to be compared with the one before it. */
final class PageStrip {
  /** What a line is made of. */
  private enum Field {
    REF,
    FREE,
    PINS,
    LIST,
    W8,
    W16;

    /** How a field that is not there any more is told. */
    String isOver() {
      return this == PINS ? "pins 0" : "not " + name().toLowerCase(Locale.ROOT);
    }
  }

  private final String page;
  private final Map<Field, String> fields = new LinkedHashMap<>();

  PageStrip(PageFields now, Arena names) {
    page = "page" + now.page();
    fields.put(Field.REF, "ref " + now.refcount() + " (" + Ref.holders(now.references()) + ")");
    if (now.isFree()) {
      fields.put(Field.FREE, "free");
    }
    if (now.pins() != 0) {
      fields.put(Field.PINS, "pins " + now.pins());
    }
    fields.put(Field.LIST, list(now, names));
    fields.put(Field.W8, "w8 " + Values.word(names, now.lruNext()));
    fields.put(
        Field.W16,
        "w16 " + Values.word(names, now.lruPrev()) + " [" + View.letters(now.writers()) + "]");
  }

  /** A page is on a list, on none, or in hand; its flags stand behind that. */
  private static String list(PageFields now, Arena names) {
    StringBuilder text = new StringBuilder(
        now.list() != 0
            ? "on " + names.name(now.list()).replace(".next", "")
            : now.isInHand() ? "in hand" : "on no list");
    for (PageFlag flag : now.flags()) {
      text.append(' ').append(flag.id());
    }
    return text.toString();
  }

  /** All fields. */
  String text() {
    return page + ": " + String.join(", ", fields.values());
  }

  /** The fields that are not as they were. */
  String since(PageStrip before) {
    List<String> changed = new ArrayList<>();
    fields.forEach((field, text) -> {
      if (!text.equals(before.fields.get(field))) {
        changed.add(text);
      }
    });
    for (Field field : before.fields.keySet()) {
      if (!fields.containsKey(field)) {
        changed.add(field.isOver());
      }
    }
    return page + ": " + String.join(", ", changed);
  }
}
