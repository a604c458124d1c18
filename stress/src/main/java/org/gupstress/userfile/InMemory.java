// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.gupstress.design.PinDesign;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.jspecify.annotations.Nullable;

/** Compiles one file with the compiler of the running JDK; nothing is written to disk. */
final class InMemory {
  private InMemory() {}

  /**
   * The classes of a file, by internal name.
   *
   * @param compiler null in a Java that has none
   * @throws Refused with what the compiler says, line and column
   */
  static Map<String, byte[]> compile(
      @Nullable JavaCompiler compiler, SourceFile file, ClassPath classPath) throws Refused {
    if (compiler == null) {
      throw Refused.quoting("this Java has no compiler: run " + file.name()
          + " with a JDK, or compile it elsewhere and name its class, with --classpath");
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    Classes classes = new Classes(files(compiler, said, classPath));
    List<String> options = List.of("-g", "-proc:none", "-nowarn", "-implicit:none");
    boolean done;
    try {
      done = compiler
          .getTask(Writer.nullWriter(), classes, said, options, null, List.of(new Text(file)))
          .call();
    } catch (RuntimeException | StackOverflowError e) {
      throw Refused.quoting(file.name() + ": the compiler gives up: " + e);
    }
    if (!done) {
      List<String> errors = said.getDiagnostics().stream()
          .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
          .map(each -> describe(file, each))
          .toList();
      throw Refused.quoting(
          file.name() + " does not compile",
          errors.isEmpty() ? List.of("the compiler gives up without a word") : errors);
    }
    return classes.bytes();
  }

  /**
   * What the compiler may look into: the model and the user's class path, for classes, and nothing
   * for sources. Left to itself it compiles what lies in the working directory.
   */
  private static StandardJavaFileManager files(
      JavaCompiler compiler, DiagnosticCollector<JavaFileObject> said, ClassPath classPath)
      throws Refused {
    StandardJavaFileManager files = compiler.getStandardFileManager(said, Locale.ROOT, UTF_8);
    List<Path> classes = new ArrayList<>(List.of(model()));
    classes.addAll(classPath.parts());
    try {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classes);
      files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of());
    } catch (IOException e) {
      throw Refused.quoting("the compiler cannot read the class path: " + FileKind.why(e));
    }
    return files;
  }

  /** Where the model is that the user's class is compiled against. */
  private static Path model() {
    try {
      return Path.of(
          PinDesign.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String describe(SourceFile file, Diagnostic<? extends JavaFileObject> error) {
    String text = String.join(
        "; ", error.getMessage(Locale.ROOT).lines().map(String::strip).toList());
    return error.getLineNumber() < 0
        ? text
        : file.name() + ":" + error.getLineNumber() + ":" + error.getColumnNumber() + ": " + text;
  }

  /** What is compiled. */
  private static final class Text extends SimpleJavaFileObject {
    private final SourceFile file;

    Text(SourceFile file) {
      super(URI.create("string:///" + file.className() + SourceFile.SUFFIX), Kind.SOURCE);
      this.file = file;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return file.text();
    }
  }

  /** Keeps what the compiler makes. */
  private static final class Classes extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> made = new TreeMap<>();

    Classes(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      made.put(className.replace('.', '/'), bytes);
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return bytes;
        }
      };
    }

    Map<String, byte[]> bytes() {
      Map<String, byte[]> bytes = new HashMap<>();
      made.forEach((name, stream) -> bytes.put(name, stream.toByteArray()));
      return bytes;
    }
  }
}
