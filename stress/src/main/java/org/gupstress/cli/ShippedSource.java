// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;

/**
 * The source of a shipped design, as the build has put it beside the classes, and the same design
 * as a file of a user's: another name, another id, and imports of what was in its own package.
 */
final class ShippedSource {
  private static final Pattern IMPORT = Pattern.compile("(?m)^import [^;]+;\n");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([^;]+);\n\n");

  private final PinDesign design;
  private final String text;

  private ShippedSource(PinDesign design, String text) {
    this.design = design;
    this.text = text;
  }

  /** The designs whose source is there. */
  static List<String> ids() {
    return Designs.all().stream()
        .map(PinDesign::id)
        .filter(id -> of(id).isPresent())
        .toList();
  }

  /** The source of the design with this id, if it is there. */
  static Optional<ShippedSource> of(String id) {
    return Designs.find(id).flatMap(ShippedSource::read);
  }

  private static Optional<ShippedSource> read(PinDesign design) {
    String file = "source/" + className(design) + ".java";
    try (InputStream in = PinDesign.class.getResourceAsStream(file)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new ShippedSource(design, new String(in.readAllBytes(), UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String className(PinDesign design) {
    return design.getClass().getSimpleName();
  }

  /** As it is shipped. */
  String text() {
    return text;
  }

  /** As a public class of this name, in no package. */
  String as(String name, String id) {
    String old = className(design);
    return withImports(text)
        .replaceFirst("(?m)^final class " + old, "public final class " + old)
        .replaceAll("\\b" + old + "\\b", name)
        .replace("return \"" + design.id() + "\";", "return \"" + id + "\";");
  }

  /** The other classes of its package that it names are imported; the package is gone. */
  private String withImports(String source) {
    Matcher declared = PACKAGE.matcher(source);
    if (!declared.find()) {
      throw new IllegalStateException("the source of " + design.id() + " has no package");
    }
    String home = declared.group(1);
    String body = IMPORT.matcher(declared.replaceFirst("")).replaceAll("");
    TreeSet<String> imports = IMPORT
        .matcher(source)
        .results()
        .map(r -> r.group())
        .collect(Collectors.toCollection(TreeSet::new));
    Matcher word = Pattern.compile("\\b[A-Z][A-Za-z0-9]*\\b").matcher(body);
    while (word.find()) {
      if (!word.group().equals(className(design)) && isClass(home + "." + word.group())) {
        imports.add("import " + home + "." + word.group() + ";\n");
      }
    }
    int at = body.indexOf('\n') + 1; // behind the licence
    return body.substring(0, at) + String.join("", imports) + body.substring(at);
  }

  private static boolean isClass(String name) {
    try {
      Class.forName(name, false, PinDesign.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException none) {
      return false;
    }
  }
}
