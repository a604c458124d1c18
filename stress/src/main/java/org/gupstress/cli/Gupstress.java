// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import org.gupstress.explore.Tool;
import picocli.CommandLine.Command;

/** The command behind which all others stand; alone it is the audit. */
@Command(
    name = Tool.NAME,
    version = Gupstress.VERSION,
    description = {
      "Is a way to pin pages safe? Explores every interleaving of a model of Linux",
      "4.19, samples it on real threads, and runs it at scale.",
      "Without a command: audit."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress",
      "  gupstress explore --design rfc-nov --scenario pin-vs-drain",
      "  gupstress replay rfc-oct/pin-unpin/production/2x1#0123abcd.a12b5a",
      "  gupstress storm --compare rfc-oct,rfc-fixed,foll-pin --duration 30s",
      "  gupstress trace trace.txt.gz",
      "  gupstress list scenarios",
      "  gupstress new MyPin.java",
      "  gupstress audit --design MyPin.java",
      "",
      "Exit status: 0 as expected; 1 a claim is violated that must not be, or a",
      "known race was not found; 2 usage; 3 nothing ran; 4 a limit was reached;",
      "5 internal error."
    })
final class Gupstress {
  static final String VERSION = Tool.NAME + " " + Tool.VERSION;
}
