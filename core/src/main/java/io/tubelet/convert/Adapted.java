package io.tubelet.convert;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A parameter's value made of tensors that were not quite it.
 *
 * @param from the tensors it was made of, by name
 * @param how in words
 */
record Adapted(Tensor value, List<String> from, String how) {}
