package io.tubelet.pickle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Python object kept as what the file says of it: its class by name, what it was made from, and
 * its attributes. No class is looked up and nothing is run.
 *
 * @param type {@code module.Class}
 * @param arguments plain values
 * @param state plain value, mostly a map of attributes; null when the file gives none
 */
public record Opaque(String type, List<Object> arguments, @Nullable Object state) {}
