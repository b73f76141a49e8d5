package io.tubelet.run;

import io.tubelet.clip.ClipShape;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.VideoOpener;
import io.tubelet.data.ViewCount;
import io.tubelet.data.ViewMaker;
import io.tubelet.dataset.LabelledVideos;
import io.tubelet.distributed.Ranks;
import io.tubelet.probe.FeatureExtraction;
import io.tubelet.probe.FeatureRequest;
import io.tubelet.probe.FeatureSet;
import io.tubelet.probe.LabelledClip;
import io.tubelet.probe.PrecisionTrial;
import io.tubelet.tensor.Precision;
import io.tubelet.train.StopSignal;
import io.tubelet.video.OpenOptions;
import io.tubelet.video.StreamChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a frozen encoder makes of labelled videos: computed once, kept in a folder.
 *
 * @param encoder closed with this
 * @param number views of a video
 * @param mirror whether each view is also seen in a mirror
 * @param folder of the files that keep features
 * @param workers threads that decode; 0 for one a processor
 * @param batch views of one forward pass
 * @param open what is read of a video, and what that may cost
 * @param ranks that compute features together, each its part
 */
public record ProbeFeatures(
    FrozenEncoder encoder,
    ViewCount number,
    boolean mirror,
    Path folder,
    int workers,
    int batch,
    OpenOptions open,
    Ranks ranks)
    implements AutoCloseable {

  /** By a process on its own. */
  public ProbeFeatures(
      FrozenEncoder encoder,
      ViewCount number,
      boolean mirror,
      Path folder,
      int workers,
      int batch,
      OpenOptions open) {
    this(encoder, number, mirror, folder, workers, batch, open, Ranks.alone());
  }

  /**
   * The features of a set; they belong to the innermost scope.
   *
   * @param name of the set: {@code train}, {@code val}, {@code test}
   * @return empty when asked to stop
   */
  public Optional<FeatureSet> of(
      String name, LabelledVideos videos, FeatureExtraction.Progress progress, StopSignal stop)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    return new FeatureExtraction(encoder, request(), progress, stop::isRequested, ranks)
        .of(clips(videos), videos.manifest().digest(), file(name));
  }

  /** Whether {@link #of} would find the features of a set in the folder. */
  boolean areKept(String name, LabelledVideos videos) throws IOException {
    return new FeatureExtraction(encoder, request(), (done, of) -> {}, () -> false)
        .areKept(clips(videos), videos.manifest().digest(), file(name));
  }

  /**
   * Tries some videos in float32 and in bf16.
   *
   * @param brief the same of an encoder in bf16
   * @return empty when asked to stop
   */
  Optional<PrecisionTrial> compareWith(ProbeFeatures brief, LabelledVideos videos, StopSignal stop)
      throws IOException, InterruptedException {
    return PrecisionTrial.of(encoder, brief.encoder, request(), clips(videos), stop::isRequested);
  }

  /** In which features are computed and kept. */
  Precision precision() {
    return encoder.precision();
  }

  VideoOpener opener() {
    return VideoOpener.with(open);
  }

  private Path file(String name) {
    return folder.resolve(name + ".safetensors");
  }

  private FeatureRequest request() {
    return new FeatureRequest(
        number.total() * (mirror ? 2 : 1),
        encoder.views(number) + (mirror ? ", and mirrored" : "") + reading(),
        encoder.precision(),
        batch,
        workers > 0 ? workers : ranks.share(Runtime.getRuntime().availableProcessors()));
  }

  /** What else decides about the pixels, where it is not as usual. */
  private String reading() {
    return (open.stream().equals(StreamChoice.BEST) ? "" : ", of stream " + open.stream())
        + (open.folderFps() == 0 ? "" : ", folders at %s fps".formatted(open.folderFps()));
  }

  private List<LabelledClip> clips(LabelledVideos videos) {
    ClipShape shape = encoder.clip();
    ViewMaker maker = new ViewMaker(opener(), encoder.views(number), shape);
    List<Entry> entries = videos.manifest().entries();
    int[] labels = videos.labels();
    List<LabelledClip> clips = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      clips.add(
          new LabelledClip(
              entry.name(), labels[i], () -> withMirror(maker.make(entry.file()).pixels(), shape)));
    }
    return clips;
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

  @Override
  public void close() {
    encoder.close();
  }
}
