// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gupstress.lru.LruList;
import org.gupstress.lru.Node;
import org.gupstress.memory.Arena;
import org.gupstress.memory.ArenaMemory;
import org.gupstress.memory.Values;
import org.gupstress.page.Page;
import org.gupstress.page.PageFlag;
import org.gupstress.page.PageLayout;

/** What of a machine can be told apart when everything has run: fields by name. */
final class FinalState {
  private FinalState() {}

  static Map<String, Object> of(Machine machine) {
    Map<String, Object> fields = new LinkedHashMap<>();
    ArenaMemory memory = machine.memory();
    Arena arena = machine.arena();
    Page pages = machine.mm().page();
    String outcome = machine.outcome();
    if (outcome != null) {
      fields.put("outcome", outcome);
    }
    for (int i = 0; i < pages.count(); i++) {
      long page = pages.address(i);
      String name = "page" + i + ".";
      fields.put(name + "refcount", memory.half(page + PageLayout.REFCOUNT));
      fields.put(name + "mapcount", memory.half(page + PageLayout.MAPCOUNT));
      long flags = memory.word(page + PageLayout.FLAGS);
      for (PageFlag flag :
          new PageFlag[] {PageFlag.LRU, PageFlag.ACTIVE, PageFlag.UNEVICTABLE, PageFlag.REFERENCED
          }) {
        fields.put(name + flag.id(), (flags & flag.mask()) != 0 ? 1 : 0);
      }
      fields.put(name + "content", memory.half(pages.content(page)));
      fields.put(name + "word8", Values.word(arena, memory.word(page + PageLayout.LRU_NEXT)));
      int low = memory.half(page + PageLayout.LRU_PREV);
      fields.put(name + "word16", Values.word(arena, memory.word(page + PageLayout.LRU_PREV)));
      fields.put(name + "word16.low32", Values.low32(arena, low));
    }
    Node node = machine.mm().lru().node();
    for (LruList list : LruList.values()) {
      int size = node.lruSize(list);
      long next = memory.word(node.head(list));
      long prev = memory.word(node.head(list) + 8);
      if (size != 0 || next != node.head(list) || prev != node.head(list)) {
        fields.put(list.id() + ".size", size);
        fields.put(list.id() + ".next", Values.word(arena, next));
        fields.put(list.id() + ".prev", Values.word(arena, prev));
      }
    }
    return fields;
  }
}
