// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The sources of the model, and how a changed one is compiled: against the classes that are built,
 * without what only debuggers read, so that two that do the same are equal.
 */
final class Sources {
  private static final Path ROOT = Path.of("src", "main", "java", "org", "gupstress");
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final JavaFileManager LIBRARY = JAVAC.getStandardFileManager(null, null, null);

  private Sources() {}

  /** What was to be compiled is no Java. */
  static final class DoesNotCompile extends IllegalStateException {
    private static final long serialVersionUID = 1;

    DoesNotCompile(String messages) {
      super("the defect does not compile: " + messages);
    }
  }

  /** The files of a package, from the root package on, in order: {@code lru/Isolation}. */
  static List<String> in(String unit) {
    try (var files = Files.list(ROOT.resolve(unit))) {
      return files
          .map(file -> unit + "/" + file.getFileName().toString().replaceFirst("\\.java$", ""))
          .filter(file -> !file.endsWith("package-info"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(String file) {
    try {
      return Files.readString(ROOT.resolve(file + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JavaFileObject text(String file, String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///org/gupstress/" + file + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /**
   * The classes that the sources become, by name.
   *
   * @param sources by file
   * @throws DoesNotCompile with the compiler's messages
   */
  static synchronized Map<String, byte[]> compile(Map<String, String> sources) {
    Map<String, ByteArrayOutputStream> written = new HashMap<>();
    StringWriter messages = new StringWriter();
    List<String> options = List.of(
        "-classpath",
        System.getProperty("java.class.path"),
        "-proc:none",
        "-nowarn",
        "-g:none",
        "-XDstringConcat=inline");
    List<JavaFileObject> files =
        sources.entrySet().stream().map(e -> text(e.getKey(), e.getValue())).toList();
    boolean compiles = JAVAC
        .getTask(messages, new InMemory(written), null, options, null, files)
        .call();
    if (!compiles) {
      throw new DoesNotCompile(messages.toString());
    }
    Map<String, byte[]> classes = new HashMap<>();
    written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written;

    InMemory(Map<String, ByteArrayOutputStream> written) {
      super(LIBRARY);
      this.written = written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          written.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
