// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;

/**
 * A Java file as its author wrote it.
 *
 * @param path as the user gave it
 */
record SourceFile(Path path, String text) {
  static final String SUFFIX = ".java";
  private static final int BYTES_MAX = 1 << 20;

  /**
   * Reads a file.
   *
   * @throws Refused if it is not there, is no text, or is larger than any design
   */
  static SourceFile read(Path path) throws Refused {
    if (FileKind.of(path) != null) {
      throw Refused.quoting(path + " is " + FileKind.of(path) + "; expected a file with a class");
    }
    if (!Files.exists(path)) {
      throw Refused.quoting("there is no file " + path);
    }
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw Refused.quoting(path + " is too large: a design has at most " + BYTES_MAX + " bytes");
      }
      return new SourceFile(
          path, UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw Refused.quoting(path + " is not text in UTF-8");
    } catch (IOException e) {
      throw Refused.quoting("cannot read " + path + ": " + FileKind.why(e));
    }
  }

  /** The name of the file, as it is called in messages. */
  String name() {
    return String.valueOf(path.getFileName());
  }

  /** The name that its class has. */
  String className() {
    return name().substring(0, name().length() - SUFFIX.length());
  }
}
