// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.util.Map;

/**
 * What was read of a trace, and what was not.
 *
 * @param events in the trace, without stacks
 * @param read of these, those that count for something
 * @param unread the others by name
 * @param cut lines, and events with a field missing
 * @param lost events that the kernel says are lost; a hole of unknown size is one
 * @param holes where events are missing, so that pages begin anew
 * @param unfollowed events of pages beyond those that are followed
 * @param disorder times that one CPU's clock was behind another's
 */
public record Reading(
    long events,
    long read,
    Map<String, Long> unread,
    long cut,
    long lost,
    long holes,
    long unfollowed,
    long disorder) {}
