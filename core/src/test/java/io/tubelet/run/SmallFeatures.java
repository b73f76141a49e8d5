package io.tubelet.run;

import io.tubelet.distributed.Ranks;
import io.tubelet.probe.Backbone;
import io.tubelet.probe.FeatureExtraction;
import io.tubelet.probe.FeatureRequest;
import io.tubelet.probe.LabelledClip;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Precision;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Features that take no model: three values a clip, told from its three bytes. */
final class SmallFeatures {
  private static final int CLIPS = 7;

  private SmallFeatures() {}

  static void keep(Path file, Ranks ranks) throws IOException, InterruptedException {
    List<LabelledClip> clips =
        IntStream.range(0, CLIPS)
            .mapToObj(
                i ->
                    new LabelledClip(
                        "clip-" + i, i % 3, () -> new byte[] {(byte) i, (byte) (i * i), 5}))
            .toList();
    Backbone thirds =
        new Backbone() {
          @Override
          public Tensor features(byte[] pixels, int count) {
            float[] values = new float[pixels.length];
            for (int i = 0; i < values.length; i++) {
              values[i] = pixels[i] / 3f;
            }
            return HostArrays.ofFloats(values, count, 3);
          }

          @Override
          public String digest() {
            return "thirds";
          }
        };
    try (TensorScope scope = new TensorScope()) {
      var features =
          new FeatureExtraction(
                  thirds,
                  new FeatureRequest(1, "1x1", Precision.FP32, 2, 1),
                  (done, of) -> {},
                  () -> false,
                  ranks)
              .of(clips, "videos", file);
      if (features.isEmpty()) {
        throw new IllegalStateException("stopped, though nobody asked for it");
      }
    }
  }
}
