/**
 * Processes that train together: who they are, what they exchange, and what becomes of failures.
 */
@NullMarked
package io.tubelet.distributed;

import org.jspecify.annotations.NullMarked;
