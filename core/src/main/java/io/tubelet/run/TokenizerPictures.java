package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Frames;
import io.tubelet.config.TokenizerConfig;
import io.tubelet.data.Manifest;
import io.tubelet.model.Patchify;
import io.tubelet.tensor.HostArrays;
import io.tubelet.tensor.Placement;
import io.tubelet.video.VideoException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures from the middle of videos, without anything drawn: what a tokenizer is looked at with.
 */
record TokenizerPictures(TokenizerPlan plan) {
  private static final Logger LOG = LoggerFactory.getLogger(TokenizerPictures.class);

  /** Clips of so many videos at most, spread over the list; those that can be read. */
  List<Frames> clips(int most) throws IOException {
    TokenizerConfig config = plan.config();
    MiddleClip middle =
        new MiddleClip(
            config.picture().clip(), config.data().sampling(), config.data().shortSide());
    Manifest manifest = plan.manifest();
    int videos = Math.min(most, manifest.size());
    List<Frames> clips = new ArrayList<>();
    for (int i = 0; i < videos; i++) {
      Manifest.Entry entry = manifest.entries().get((int) ((long) i * manifest.size() / videos));
      try {
        clips.add(middle.of(config.data().opener(), entry.file()));
      } catch (VideoException unreadable) {
        LOG.warn("Not looked at: {}", unreadable.getMessage());
      }
    }
    return clips;
  }

  /** {@code [T, H, W, 3]} to {@code [T, 3, H, W]} in [0, 1]. */
  static Tensor unit(Frames clip, Placement placement) {
    Tensor bytes =
        HostArrays.ofBytes(
            clip.rgb(), clip.count(), clip.height(), clip.width(), ClipShape.CHANNELS);
    return Patchify.unit(bytes.to(placement.device(), ScalarType.Byte))
        .permute(0, 3, 1, 2)
        .contiguous();
  }
}
