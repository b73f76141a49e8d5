package io.tubelet.pickle;

import java.util.Map;

/**
 * What one pickle says.
 *
 * @param value as {@link PickleReader} leaves it; {@link PlainTree} makes it safe to walk
 * @param storages those it refers to, by key
 * @param length bytes it took
 */
record Pickle(Object value, Map<String, StorageReference> storages, long length) {}
