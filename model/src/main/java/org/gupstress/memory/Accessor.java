// SPDX-License-Identifier: Apache-2.0
package org.gupstress.memory;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method whose name says no more than the access that it makes, like {@code Page.test}: a
 * trace names the function that called it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Accessor {}
