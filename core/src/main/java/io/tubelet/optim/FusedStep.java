package io.tubelet.optim;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/**
 * libtorch's own AdamW in one walk over this rank's stretch of a group's vectors.
 *
 * <p>It is asked for by name because its Java binding is missing. Whether the step is refused is
 * read on the device: nothing waits for the host.
 *
 * @param config of the optimizer
 * @param count of this update, from 1: float32 {@code []}
 * @param refused 1 to leave everything as it is, else 0: float32 {@code []}
 * @param divisor of the gradients, float32 {@code []}; null for 1
 */
record FusedStep(AdamWConfig config, Tensor count, Tensor refused, @Nullable Tensor divisor) {
  private static final OperatorHandle ADAM_W = find();

  private static OperatorHandle find() {
    OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
    handle.retainReference(); // outlives the scope of whoever steps first
    return handle;
  }

  void apply(FlatGroup group, double lr) {
    boolean amsgrad = false;
    boolean maximize = false;
    IValueVector arguments = new IValueVector();
    arguments.push_back(list(group.ownValues()));
    arguments.push_back(list(group.ownGradients()));
    arguments.push_back(list(group.moment1()));
    arguments.push_back(list(group.moment2()));
    arguments.push_back(list()); // largest second moments, of AMSGrad
    arguments.push_back(list(count));
    arguments.push_back(new IValue(lr));
    arguments.push_back(new IValue(config.beta1()));
    arguments.push_back(new IValue(config.beta2()));
    arguments.push_back(new IValue(group.group().weightDecay()));
    arguments.push_back(new IValue(config.epsilon()));
    arguments.push_back(new IValue(amsgrad));
    arguments.push_back(new IValue(maximize));
    arguments.push_back(divisor == null ? new IValue() : new IValue(divisor));
    arguments.push_back(new IValue(refused));
    ADAM_W.callBoxed(arguments);
  }

  /** A list knows the type of its elements at run time; to C++ all lists are laid out alike. */
  private static IValue list(Tensor... tensors) {
    return new IValue(new GenericList((Pointer) new TensorList(new TensorVector(tensors))));
  }
}
