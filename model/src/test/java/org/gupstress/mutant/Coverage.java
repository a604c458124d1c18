// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which cells of the sound designs come to which statement or value of a condition, and what they
 * cost. It is found by one run of all of them with probes in the model, and kept until a source
 * changes.
 */
final class Coverage {
  /** In the order in which they are asked: the small ones find most. */
  static final List<String> DESIGNS = List.of("foll-pin", "page-ext", "rfc-fixed", "get-page");

  /** What unpatched Linux does is in all of them: it is asked where the others do not come. */
  private static final String LAST = "get-page";

  private static final int STATES_FACTOR = 4;
  private static final int STATES_MORE = 20_000;
  private static final int STATES_AFTER_HARM = 2_000;
  private static final Path SOURCES = Path.of("src", "main", "java");

  private final Map<Cell, Reached> reached;

  private Coverage(Map<Cell, Reached> reached) {
    this.reached = reached;
  }

  /**
   * The cells that come to a change, design by design; of each what is most unlike first, and of
   * what is alike the cheapest first.
   */
  List<Cell> cellsOf(Change change) {
    int probe = Generated.all().probe(change);
    List<Cell> cells = reached.keySet().stream()
        .filter(cell -> reached.get(cell).statements().get(probe))
        .sorted(Comparator.comparing(cell -> reached.get(cell).seconds()))
        .toList();
    List<Cell> ordered = DESIGNS.stream()
        .map(design ->
            cells.stream().filter(cell -> cell.design().equals(design)).toList())
        .flatMap(ofDesign -> unlikeFirst(ofDesign).stream())
        .toList();
    List<Cell> first =
        ordered.stream().filter(cell -> !cell.design().equals(LAST)).toList();
    return (first.isEmpty() ? ordered : first).stream().map(this::bounded).toList();
  }

  /** In turns from all kinds of scenarios; the order within each kind stays. */
  private static List<Cell> unlikeFirst(List<Cell> cells) {
    Map<String, Integer> turns = new HashMap<>();
    Map<Cell, Integer> turn = new HashMap<>();
    cells.forEach(cell -> turn.put(cell, turns.merge(kind(cell), 1, Integer::sum)));
    return cells.stream().sorted(Comparator.comparing(turn::get)).toList();
  }

  /** What the pin meets, in generated scenarios; others are of their own kind. */
  private static String kind(Cell cell) {
    return cell.scenario().replaceFirst("^.*-vs-", "");
  }

  private Cell bounded(Cell cell) {
    int states = STATES_FACTOR * reached.get(cell).states() + STATES_MORE;
    return new Cell(
        cell.design(),
        cell.scenario(),
        cell.kernel(),
        states,
        STATES_AFTER_HARM,
        reached.get(cell).transitions());
  }

  /** From the file, if it is of these sources; or else found out, and written to it. */
  static Coverage of(Path file, int threads) throws IOException, InterruptedException {
    String edition = edition();
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      if (lines.get(0).equals(edition)) {
        return new Coverage(read(lines.subList(1, lines.size())));
      }
    }
    Coverage found = new Coverage(survey(threads));
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        Stream.concat(Stream.of(edition), found.reached.entrySet().stream().map(Coverage::line))
            .toList());
    return found;
  }

  private static Map<Cell, Reached> survey(int threads) throws InterruptedException {
    Map<String, byte[]> probed = Sources.compile(Generated.all().probed());
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    ThreadLocal<Function<Cell, Reached>> loaders =
        ThreadLocal.withInitial(() -> new MutantLoader(probed).survey());
    Map<Cell, Future<Reached>> asked = new LinkedHashMap<>();
    for (Cell cell : Cells.of(DESIGNS)) {
      asked.put(cell, pool.submit(() -> loaders.get().apply(cell)));
    }
    pool.shutdown();
    Map<Cell, Reached> reached = new LinkedHashMap<>();
    for (Map.Entry<Cell, Future<Reached>> each : asked.entrySet()) {
      try {
        reached.put(each.getKey(), each.getValue().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(each.getKey().id(), e);
      }
    }
    return reached;
  }

  // ---- the file

  private static String line(Map.Entry<Cell, Reached> entry) {
    Cell cell = entry.getKey();
    Reached reached = entry.getValue();
    return String.join(
        "\t",
        cell.design(),
        cell.scenario(),
        cell.kernel(),
        Integer.toString(reached.states()),
        Long.toString(reached.transitions()),
        Double.toString(reached.seconds()),
        Base64.getEncoder().encodeToString(reached.statements().toByteArray()));
  }

  private static Map<Cell, Reached> read(List<String> lines) {
    Map<Cell, Reached> reached = new LinkedHashMap<>();
    for (String line : lines) {
      List<String> words = List.of(line.split("\t", -1));
      reached.put(
          Cell.whole(words.get(0), words.get(1), words.get(2)),
          new Reached(
              Integer.parseInt(words.get(3)),
              Long.parseLong(words.get(4)),
              Double.parseDouble(words.get(5)),
              BitSet.valueOf(Base64.getDecoder().decode(words.get(6)))));
    }
    return reached;
  }

  private static String edition() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file :
          new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList())) {
        digest.update(file.toString().getBytes(StandardCharsets.UTF_8));
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
