package io.tubelet.distributed;

import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/** NVIDIA's library for tensors on GPUs; a class of its own, as it loads with CUDA only. */
final class Nccl {
  private Nccl() {}

  static Backend connect(Store store, World world) {
    ProcessGroupNCCL.Options options = ProcessGroupNCCL.Options.create();
    options.timeout(new Milliseconds(world.timeout().toMillis()));
    return new ProcessGroupNCCL(
        new PrefixStore("nccl", store), world.rank(), world.size(), options);
  }
}
