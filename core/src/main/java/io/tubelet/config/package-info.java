/**
 * From a recipe to a validated run: reads YAML, applies overrides, refuses what it does not know.
 *
 * <p>Every setting is a record that lives beside the thing it configures; this chapter only
 * composes them. A recipe may extend another ({@code extends: base/videomae}); what it says wins.
 */
@NullMarked
package io.tubelet.config;

import org.jspecify.annotations.NullMarked;
