// SPDX-License-Identifier: Apache-2.0
package org.gupstress.result;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes the fields of a row; its engine and its key stand in front of them already. */
@FunctionalInterface
public interface Row {
  void writeTo(JsonGenerator json) throws IOException;
}
