// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.jspecify.annotations.Nullable;

/** Directories and jars with classes of the user's. */
final class ClassPath {
  private final String text;
  private final List<Path> parts;
  private final URLClassLoader loader;

  private ClassPath(String text, List<Path> parts, URLClassLoader loader) {
    this.text = text;
    this.parts = parts;
    this.loader = loader;
  }

  /**
   * Reads a path as it is written on a command line.
   *
   * @throws Refused if a part of it is not there
   */
  static ClassPath of(String text) throws Refused {
    List<URL> urls = new ArrayList<>();
    List<Path> parts = new ArrayList<>();
    for (String part : text.split(File.pathSeparator, -1)) {
      if (!part.isEmpty()) {
        urls.add(url(part));
        parts.add(Path.of(part));
      }
    }
    return new ClassPath(text, parts, new URLClassLoader(urls.toArray(URL[]::new), null));
  }

  private static URL url(String part) throws Refused {
    Path path = Path.of(part);
    if (!Files.exists(path)) {
      throw Refused.quoting("--classpath: there is no directory and no jar " + part);
    }
    String kind = Files.isDirectory(path) ? null : FileKind.of(path);
    if (kind != null) {
      throw Refused.quoting(
          "--classpath: expected a directory or a jar, found " + part + ": it is " + kind);
    }
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw Refused.quoting("--classpath: " + part + ": " + e.getMessage());
    }
  }

  String text() {
    return text;
  }

  /** Its directories and jars. */
  List<Path> parts() {
    return parts;
  }

  /** The class of this internal name, or null; the model's own are not the user's. */
  byte @Nullable [] bytes(String name) {
    if (name.startsWith("org/gupstress/")) {
      return null;
    }
    // found here, not in the JDK: a loader without parents still has the classes of the JDK
    URL found = loader.findResource(name + ".class");
    if (found == null) {
      return null;
    }
    try (InputStream in = found.openStream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }
}
