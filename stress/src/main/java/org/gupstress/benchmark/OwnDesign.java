// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gupstress.design.PinDesign;

/**
 * A design that a user wrote. The forks of JMH find its classes in a directory on their class path,
 * where it is registered as a service, as {@link java.util.ServiceLoader} wants it.
 *
 * @param className of the design
 * @param classes all classes that it needs, by internal name
 */
public record OwnDesign(String id, String className, Map<String, byte[]> classes) {

  /** Writes the classes of some designs, and registers the designs. */
  static void write(List<OwnDesign> designs, Path directory) throws IOException {
    for (OwnDesign design : designs) {
      for (Map.Entry<String, byte[]> each : design.classes().entrySet()) {
        Path file = directory.resolve(each.getKey() + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, each.getValue());
      }
    }
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.write(
        services.resolve(PinDesign.class.getName()),
        designs.stream().map(OwnDesign::className).toList());
  }
}
