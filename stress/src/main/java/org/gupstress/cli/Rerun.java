// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Reductions;
import org.gupstress.explore.Replay;
import org.gupstress.explore.Token;
import org.gupstress.explore.Trace;
import org.gupstress.memory.MemoryModel;
import org.gupstress.outcome.Questions;
import org.gupstress.process.Refused;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.text.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * What a token does in this version of the tool and the design.
 *
 * @param reductions with which its steps mean what they did
 * @param obstacle why the step behind the trace cannot be made; null where all could
 */
record Rerun(
    Plan plan,
    Reductions reductions,
    Token token,
    Trace trace,
    @Nullable String obstacle) {
  private static final int LENGTH_MAX = 500;

  /** The designs and scenarios that a token may name, beside the shipped ones. */
  record Known(List<PinDesign> designs, List<Scenario> scenarios) {
    PinDesign design(String id) {
      return find("design", id, designs, Designs.all(), PinDesign::id);
    }

    /** A scenario of the catalogue or the user's, or the question of an outcome test. */
    Scenario scenario(String id) {
      return Questions.all().stream()
          .filter(question -> question.id().equals(id))
          .findFirst()
          .orElseGet(() -> find("scenario", id, scenarios, Catalogue.shipped(), Scenario::id));
    }

    private static <T> T find(
        String kind, String id, List<T> own, List<T> shipped, Function<T, String> idOf) {
      List<T> all = Stream.concat(own.stream(), shipped.stream()).toList();
      List<String> ids = all.stream().map(idOf).toList();
      if (!ids.contains(id)) {
        throw Refused.misused(Names.missing(kind, id, ids)
            + "; one of your own must be there too: --" + kind + " FILE");
      }
      return all.get(ids.indexOf(id));
    }
  }

  /** Steps mean the same whether states are merged or not, but not whether accesses are. */
  private static final List<Reductions> ALTERNATIVES =
      List.of(Reductions.ALL, new Reductions(true, true, false));

  /**
   * Runs a token.
   *
   * @throws Refused if it is none, or one of another version or design
   */
  static Rerun of(String text, Known known) {
    Token token = parse(text);
    Plan plan = plan(token, known);
    for (Reductions reductions : ALTERNATIVES) {
      if (stamp(plan, reductions, token).equals(token.stamp())) {
        return new Rerun(plan, reductions, token, run(plan, reductions, token), null);
      }
    }
    throw Refused.misused("the token was made by another version of the tool or of "
        + plan.design().id()
        + ", or it is not whole: it has the hash "
        + token.stamp()
        + ", here it is "
        + stamp(plan, Reductions.ALL, token)
        + "; --anyway walks the same schedule as far as it goes");
  }

  /**
   * Walks the schedule of a token as far as it goes, whatever edition of the design it is from.
   *
   * @throws Refused if it is no token, or if the design cannot be run
   */
  static Rerun anyway(String text, Known known) {
    Token token = parse(text);
    Plan plan = plan(token, known);
    for (Reductions reductions : ALTERNATIVES) {
      if (stamp(plan, reductions, token).equals(token.stamp())) {
        return new Rerun(plan, reductions, token, run(plan, reductions, token), null);
      }
    }
    try {
      Replay.Partial walked = Replay.asFarAsItGoes(plan, Reductions.ALL, token.schedule());
      return new Rerun(plan, Reductions.ALL, token, walked.trace(), walked.obstacle());
    } catch (RuntimeException | StackOverflowError e) {
      throw Refused.misused(plan.design().id() + " cannot be run: " + e);
    }
  }

  private static Plan plan(Token token, Known known) {
    return Sizes.plan(
            known.design(token.design()),
            known.scenario(token.scenario()),
            Converters.kernel(token.kernel()),
            token.cpus(),
            token.rounds())
        .withMemory(MemoryModel.of(token.memory()));
  }

  private static String stamp(Plan plan, Reductions reductions, Token token) {
    try {
      return Replay.stamp(plan, reductions, token.schedule());
    } catch (RuntimeException | StackOverflowError e) {
      throw Refused.misused(plan.design().id() + " cannot be run: " + e);
    }
  }

  private static Token parse(String text) {
    if (text.length() > LENGTH_MAX) {
      throw Refused.misused(
          "a token has at most " + LENGTH_MAX + " letters, found " + text.length());
    }
    try {
      return Token.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  private static Trace run(Plan plan, Reductions reductions, Token token) {
    Replay.Retold retold = Replay.again(plan, reductions, token.schedule());
    if (retold.trace() == null) {
      throw Refused.misused(retold.otherwise());
    }
    return retold.trace();
  }

  /** Where the schedule does not go on. */
  String howFar() {
    List<Integer> contexts = token.schedule().contexts();
    int made = trace.steps().size();
    int next = contexts.get(made);
    return "the schedule goes on for "
        + made
        + " of "
        + Numbers.of(contexts.size(), "step")
        + "; then "
        + (next < plan.cpus() ? "cpu" + next : "the interrupt handler")
        + " cannot make the next: "
        + obstacle;
  }

  boolean isReproduced() {
    return !trace.conclusion().isEmpty();
  }

  boolean does(String harm) {
    return trace.conclusion().stream().anyMatch(finding -> finding.harm().id().equals(harm));
  }
}
