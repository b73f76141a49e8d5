package io.tubelet.pickle;

import java.util.Map;

/** A file taken apart: what its main pickle says, and where each storage's bytes lie. */
record Content(Pickle pickle, Map<String, Extent> storages) {}
