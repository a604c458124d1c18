// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.ArrayList;
import java.util.List;
import org.gupstress.claim.Harm;
import org.gupstress.page.Kernel;
import org.gupstress.page.Switch;

/**
 * A bug that Linux had: not of a design, but of what get_user_pages and those who change page
 * tables do to each other.
 *
 * @param id M-nn
 * @param title what goes wrong, in one line
 * @param story the steps, in words
 * @param from the first release that had it; what is not known says so
 * @param to the release that has the fix
 * @param fixes the commits of the fix
 * @param cve its CVE, or empty
 * @param trials the runs that show it, before and after; empty if the model cannot
 * @param notShown what no run shows of it, and why; empty where the trials show all
 */
public record Bug(
    String id,
    String title,
    String story,
    String from,
    String to,
    List<Source> fixes,
    String cve,
    List<Trial> trials,
    String notShown) {

  static Draft named(String id, String title) {
    return new Draft(id, title);
  }

  /** A bug that is being written down. */
  static final class Draft {
    private final String id;
    private final String title;
    private String story = "";
    private String from = "not known";
    private String to = "";
    private String cve = "";
    private String notShown = "";
    private final List<Source> fixes = new ArrayList<>();
    private final List<Trial> trials = new ArrayList<>();

    private Draft(String id, String title) {
      this.id = id;
      this.title = title;
    }

    Draft story(String steps) {
      story = steps;
      return this;
    }

    Draft from(String release) {
      from = release;
      return this;
    }

    Draft to(String release) {
      to = release;
      return this;
    }

    Draft fixed(String hash, String what) {
      fixes.add(Source.commit(hash, what));
      return this;
    }

    Draft cve(String number) {
      cve = number;
      return this;
    }

    /** FOLL_PIN in a kernel that has all but the fix, and in the same with it. */
    Draft shown(String scenario, Kernel kernel, Switch fix, Harm harm) {
      return shown("foll-pin", scenario, kernel, fix, harm);
    }

    Draft shown(String design, String scenario, Kernel kernel, Switch fix, Harm harm) {
      trials.add(new Trial(
          new Trial.Run(design, scenario, kernel.without(fix)),
          new Trial.Run(design, scenario, kernel.with(fix)),
          harm));
      return this;
    }

    Draft notShown(String because) {
      notShown = because;
      return this;
    }

    Bug done() {
      return new Bug(
          id, title, story, from, to, List.copyOf(fixes), cve, List.copyOf(trials), notShown);
    }
  }
}
