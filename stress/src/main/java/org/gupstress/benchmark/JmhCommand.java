// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;

/** The command line of JMH: benchmarks.jar, and beside it the classes of the user's designs. */
final class JmhCommand {
  /** The file to which JMH writes its results. */
  static final String JSON = "jmh.json";

  private final String jar;
  private final String main;
  private final List<OwnDesign> own;
  private String classPath;

  private JmhCommand(String jar, String main, List<OwnDesign> own) {
    this.jar = jar;
    this.main = main;
    this.own = own;
    this.classPath = jar;
  }

  /** Makes sure that the jar is there. */
  static JmhCommand of(Path jar, List<OwnDesign> own) throws Refused {
    if (FileKind.of(jar) != null) {
      throw Refused.misused(
          "expected benchmarks.jar, found " + jar + ": it is " + FileKind.of(jar));
    }
    if (!Files.isReadable(jar)) {
      throw Refused.misused("there is no " + jar + ": mvn package makes it, --jar names another");
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      String main = manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      if (main == null) {
        throw Refused.misused("expected benchmarks.jar, found a jar without a main class: " + jar);
      }
      return new JmhCommand(jar.toAbsolutePath().toString(), main, own);
    } catch (IOException e) {
      throw Refused.misused("expected benchmarks.jar, found " + jar + ": " + e.getMessage());
    }
  }

  /** Writes the classes of the user's designs into the directory of the run. */
  void prepare(Path directory) throws Refused {
    if (own.isEmpty()) {
      return;
    }
    Path classes = directory.resolve("classes").toAbsolutePath();
    try {
      OwnDesign.write(own, classes);
    } catch (IOException e) {
      throw Refused.misused("cannot write classes to " + classes + ": " + e.getMessage());
    }
    classPath = jar + File.pathSeparator + classes;
  }

  /**
   * The arguments of java for a run of JMH.
   *
   * @param directory of its own: JMH locks its directory for temporary files
   */
  List<String> arguments(JmhRun run, Effort effort, Path directory) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-Djava.io.tmpdir=" + directory.toAbsolutePath());
    arguments.addAll(List.of("-classpath", classPath, main));
    arguments.addAll(run.options());
    arguments.addAll(effort.options());
    arguments.addAll(List.of("-rf", "json", "-rff", JSON));
    return arguments;
  }
}
