/** Measurements behind docs/performance.md, with JMH; compiled by every build, run by hand. */
@NullMarked
package io.tubelet.bench;

import org.jspecify.annotations.NullMarked;
