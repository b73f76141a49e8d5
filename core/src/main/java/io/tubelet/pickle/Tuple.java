package io.tubelet.pickle;

import java.util.List;

/** A Python tuple while a pickle is read: a list that nothing can be appended to. */
record Tuple(List<Object> items) {}
