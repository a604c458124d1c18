// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

/** The two words of the union in struct page, at offset 8 and 16. */
public record UnionWords(long word8, long word16) {}
