// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * The modelled kernel, as a value: how it was configured, which release it is, and what is on in
 * it. The code of the model asks for switches, never for releases. The same race does different
 * harm in the two configurations.
 *
 * @param switches all that are on, whether the release has them by itself or not
 */
public record Kernel(Config config, Release release, Set<Switch> switches) {
  /** A configuration. */
  public enum Config {
    /** Neither CONFIG_DEBUG_VM nor CONFIG_DEBUG_LIST. */
    PRODUCTION,
    /** VM_BUG_ON stops the machine; DEBUG_LIST reports and refuses inconsistent list operations. */
    DEBUG;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final Kernel PRODUCTION = new Kernel(Config.PRODUCTION, Release.FIRST, Set.of());
  public static final Kernel DEBUG = new Kernel(Config.DEBUG, Release.FIRST, Set.of());

  private static final List<Kernel> USUAL = List.of(PRODUCTION, DEBUG);

  /** In the name of a kernel, before a switch that its release has and it has not. */
  private static final String OFF = "no-";

  public Kernel {
    switches =
        switches.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(switches));
  }

  /** The kernels of an audit: each configuration of 4.19, without switches. */
  public static List<Kernel> usual() {
    return USUAL;
  }

  /** A configuration of 4.19, without switches. */
  public static Kernel of(Config config) {
    return config == Config.DEBUG ? DEBUG : PRODUCTION;
  }

  /** This configuration of another release, as that is. */
  public Kernel as(Release other) {
    return new Kernel(config, other, other.switches());
  }

  /** This kernel with one switch more. */
  public Kernel with(Switch more) {
    EnumSet<Switch> all = EnumSet.of(more);
    all.addAll(switches);
    return new Kernel(config, release, all);
  }

  /** This kernel with one switch less. */
  public Kernel without(Switch less) {
    EnumSet<Switch> all = EnumSet.noneOf(Switch.class);
    all.addAll(switches);
    all.remove(less);
    return new Kernel(config, release, all);
  }

  public boolean has(Switch one) {
    return switches.contains(one);
  }

  public boolean debugVm() {
    return config == Config.DEBUG;
  }

  public boolean debugList() {
    return config == Config.DEBUG;
  }

  /**
   * As it is written: the configuration, the release unless it is 4.19, and in what it differs from
   * that: production, debug+6.18, production+6.18+flush-ipi+no-write-protect-seq.
   */
  public String id() {
    StringJoiner words = new StringJoiner("+").add(config.id());
    if (release != Release.FIRST) {
      words.add(release.id());
    }
    for (Switch one : Switch.values()) {
      if (has(one) != one.isIn(release)) {
        words.add((has(one) ? "" : OFF) + one.id());
      }
    }
    return words.toString();
  }

  /** The kernel that is written so. */
  public static Optional<Kernel> find(String id) {
    List<String> words = Arrays.asList(id.split("\\+", -1));
    Optional<Kernel> found =
        USUAL.stream().filter(kernel -> kernel.id().equals(words.get(0))).findFirst();
    int next = 1;
    Optional<Release> other =
        words.size() > next ? Release.find(words.get(next)) : Optional.empty();
    if (other.isPresent()) {
      found = found.map(kernel -> kernel.as(other.get()));
      next++;
    }
    for (String word : words.subList(next, words.size())) {
      found = found.flatMap(kernel -> kernel.changed(word));
    }
    return found;
  }

  /** This kernel with the switch that one word of a name says. */
  private Optional<Kernel> changed(String word) {
    return word.startsWith(OFF)
        ? Switch.find(word.substring(OFF.length())).map(this::without)
        : Switch.find(word).map(this::with);
  }

  @Override
  public String toString() {
    return id();
  }
}
