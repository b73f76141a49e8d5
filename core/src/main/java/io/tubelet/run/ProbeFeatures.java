package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewMaker;
import io.tubelet.data.ViewsConfig;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.probe.FeatureExtraction;
import io.tubelet.probe.FeatureRequest;
import io.tubelet.probe.FeatureSet;
import io.tubelet.probe.LabelledClip;
import io.tubelet.tensor.Precision;
import io.tubelet.train.StopSignal;
import io.tubelet.video.Videos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a frozen encoder makes of labelled videos: computed once, kept in a folder.
 *
 * @param number views of a video
 * @param mirror whether each view is also seen in a mirror
 * @param folder of the files that keep features
 * @param workers threads that decode; 0 for one a processor
 * @param batch views of one forward pass
 */
public record ProbeFeatures(
    FrozenEncoder encoder, ViewCount number, boolean mirror, Path folder, int workers, int batch) {

  /**
   * The features of a set; they belong to the innermost scope.
   *
   * @param name of the set: {@code train}, {@code val}, {@code test}
   * @return empty when asked to stop
   */
  public Optional<FeatureSet> of(
      String name, LabelledVideos videos, FeatureExtraction.Progress progress, StopSignal stop)
      throws IOException, InterruptedException {
    ViewsConfig views = encoder.views(number);
    ClipShape shape = encoder.clip();
    ViewMaker maker = new ViewMaker(Videos::open, views, shape);
    List<LabelledClip> clips = new ArrayList<>();
    List<Entry> entries = videos.manifest().entries();
    int[] labels = videos.labels();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      clips.add(
          new LabelledClip(
              entry.name(), labels[i], () -> withMirror(maker.make(entry.file()).pixels(), shape)));
    }
    FeatureRequest request =
        new FeatureRequest(
            number.total() * (mirror ? 2 : 1),
            views + (mirror ? ", and mirrored" : ""),
            Precision.FP32,
            batch,
            workers > 0 ? workers : Runtime.getRuntime().availableProcessors());
    Files.createDirectories(folder);
    return new FeatureExtraction(encoder, request, progress, stop::isRequested)
        .of(clips, videos.manifest().digest(), folder.resolve(name + ".safetensors"));
  }

  /** The views, and behind them, if wanted, their mirror images. */
  private byte[] withMirror(byte[] views, ClipShape shape) {
    if (!mirror) {
      return views;
    }
    int row = shape.width() * ClipShape.CHANNELS;
    byte[] both = new byte[2 * views.length];
    System.arraycopy(views, 0, both, 0, views.length);
    for (int at = 0; at < views.length; at += row) {
      for (int x = 0; x < row; x += ClipShape.CHANNELS) {
        System.arraycopy(
            views,
            at + x,
            both,
            views.length + at + row - ClipShape.CHANNELS - x,
            ClipShape.CHANNELS);
      }
    }
    return both;
  }
}
