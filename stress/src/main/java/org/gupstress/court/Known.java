// SPDX-License-Identifier: Apache-2.0
package org.gupstress.court;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.explore.Verdict;
import org.gupstress.memory.MemoryModel;

/** What the words of a row stand for in this version. */
final class Known {
  private Known() {}

  static Harm harm(String id) throws IOException {
    return of("harm", id, Arrays.asList(Harm.values()), Harm::id);
  }

  static MemoryModel memory(String id) throws IOException {
    return of("memory model", id, Arrays.asList(MemoryModel.values()), MemoryModel::id);
  }

  static Claim claim(String id) throws IOException {
    return of("claim", id, Arrays.asList(Claim.values()), Claim::id);
  }

  static Verdict verdict(String id) throws IOException {
    return of("verdict", id, Arrays.asList(Verdict.values()), Verdict::id);
  }

  private static <T> T of(String kind, String id, List<T> all, Function<T, String> idOf)
      throws IOException {
    return all.stream()
        .filter(known -> idOf.apply(known).equals(id))
        .findFirst()
        .orElseThrow(() -> new IOException("there is no " + kind + " \"" + id + "\""));
  }
}
