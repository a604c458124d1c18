// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import org.gupstress.design.PinDesign;

/** One design's run. */
public record StormPlan(PinDesign design, StormSetup setup) {}
