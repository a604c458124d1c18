// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.Arrays;
import java.util.List;
import org.gupstress.page.Kernel;
import org.gupstress.page.Release;
import org.gupstress.page.Switch;
import org.gupstress.process.Refused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which release of Linux, and what is otherwise in it: the same options for all that run one. */
final class LinuxOptions {
  @Option(
      names = "--linux",
      paramLabel = "R",
      description = "The release of Linux: 4.19, 5.7, 5.15, 6.0, 6.8, 6.12 or 6.18. Default: what"
          + " the design and the scenario are about, 4.19 of most.")
  private @Nullable String linux;

  @Option(
      names = "--with",
      split = ",",
      paramLabel = "SWITCH",
      description = "Turns on what that release does not do, like flush_ipi.")
  private List<String> with = List.of();

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "SWITCH",
      description = "Turns off what it does, like write_protect_seq.")
  private List<String> without = List.of();

  /** Whether a release is named. */
  boolean isNamed() {
    return linux != null;
  }

  /** The release that is named, or 4.19. */
  Release release() {
    return linux == null ? Release.FIRST : release(linux);
  }

  /** The release that is named, as it is in the kernel otherwise. */
  Kernel released(Kernel kernel) {
    return linux == null ? kernel : kernel.as(release(linux));
  }

  /**
   * The kernel with the switches that were turned.
   *
   * @throws Refused if there is no such release or switch, or nothing to be turned
   */
  Kernel turned(Kernel kernel) {
    Kernel turned = kernel;
    for (String word : with) {
      turned = turned.with(one(word));
    }
    for (String word : without) {
      Switch less = one(word);
      if (!turned.has(less)) {
        throw Refused.misused("--without " + word + ": Linux "
            + turned.release().id() + " has it not, so it cannot be taken away");
      }
      turned = turned.without(less);
    }
    return turned;
  }

  private static Release release(String word) {
    return Names.find("release of Linux", word, List.of(Release.values()), Release::id);
  }

  private static Switch one(String word) {
    return Switch.find(word)
        .orElseGet(() -> Names.find("switch", word, Arrays.asList(Switch.values()), Switch::id));
  }
}
