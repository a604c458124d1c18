// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

/**
 * Where something is said, or can be read.
 *
 * @param text as it is named in a sentence, like "Kara, 16 Oct 2018" or "mm/swap.c"
 * @param link a page on the web
 */
public record Source(String text, String link) {
  /** The kernel that the model follows. */
  public static final String LINUX = "4.19";

  /** A message of the kernel's mailing lists, by its whole message id. */
  static Source mail(String text, String id) {
    return new Source(text, "https://lore.kernel.org/r/" + id);
  }

  /** A file of Linux {@link #LINUX}. */
  static Source file(String path) {
    return new Source(path, "https://elixir.bootlin.com/linux/v" + LINUX + "/source/" + path);
  }

  /** A commit of Linux, with the release that has it first. */
  static Source commit(String hash, String what) {
    return new Source(hash + ", " + what, "https://git.kernel.org/torvalds/c/" + hash);
  }
}
