package io.tubelet.data;

import io.tubelet.augment.AppliedOperation;
import io.tubelet.augment.Crop;
import io.tubelet.augment.PhotometricChange;
import io.tubelet.augment.RandAugment;
import io.tubelet.augment.ViewAugmentation;
import io.tubelet.clip.ClipShape;
import io.tubelet.clip.Size;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.Seeds.Purpose;
import io.tubelet.mask.Mask;
import io.tubelet.mask.Masking;
import io.tubelet.sample.FramesBetween;
import io.tubelet.video.DecodeOptions;
import io.tubelet.video.VideoException;
import io.tubelet.video.VideoInfo;
import io.tubelet.video.VideoReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Makes the clips of one video: decode once, then as many independent clips as are asked for, each
 * with its own frames, crop, flip, colours and mask (repeated sampling, mae_st section 3.3).
 * Thread-safe.
 */
final class ClipMaker {

  /** The clips of one video; {@code pixels [R, T, H, W, 3]}. */
  record Clips(byte[] pixels, List<Mask> masks, List<ClipDraw> draws) {}

  private final VideoOpener opener;
  private final DecodeOptions decode;
  private final DataConfig config;
  private final ClipShape shape;
  private final int chosenFrames;
  private final RandAugment appearance;
  private final Optional<Masking> masking;
  private final boolean sameFrames;
  private final List<ViewAugmentation> views;
  private final Seeds seeds;

  ClipMaker(VideoOpener opener, DataConfig config, BatchSpec spec, Seeds seeds) {
    this.opener = opener;
    boolean motion = spec.masking().map(Masking::followsMotion).orElse(false);
    this.decode = new DecodeOptions(config.shortSide(), motion);
    this.config = config;
    this.shape = spec.shape();
    this.chosenFrames = spec.chosenFrames();
    this.appearance = spec.appearance();
    this.masking = spec.masking();
    this.sameFrames = spec.sameFrames();
    this.views = spec.views();
    this.seeds = seeds;
  }

  /** The clips that belong to one place of the stream, whichever thread makes them. */
  Clips make(int video, Entry entry, long pass, long position) throws VideoException {
    long firstSample = position * config.repeats();
    try (VideoReader reader = opener.open(entry.file(), decode)) {
      VideoInfo info = reader.info();
      if (info.frames() < 1) {
        throw new VideoException(entry.file(), "has no frames");
      }
      int[][] numbers = drawFrames(info, pass, firstSample);
      List<ClipDraw> draws = new ArrayList<>(numbers.length);
      Size source = new Size(info.height(), info.width());
      for (int r = 0; r < numbers.length; r++) {
        long sample = firstSample + r;
        List<AppliedOperation> operations =
            appearance.draw(seeds.stream(Purpose.APPEARANCE, pass, sample));
        Crop crop = drawCrop(source, pass, sample);
        List<PhotometricChange> photometric = drawPhotometric(pass, sample, r);
        draws.add(new ClipDraw(pass, sample, video, numbers[r], operations, crop, photometric));
      }
      return new Clips(cut(reader, draws), masks(reader, draws), draws);
    }
  }

  /** Frame numbers of each clip of one video. */
  int[][] drawFrames(VideoInfo info, long pass, long firstSample) {
    int[][] numbers = new int[config.repeats()][];
    for (int r = 0; r < numbers.length; r++) {
      long drawn = sameFrames ? firstSample : firstSample + r;
      RandomGenerator rng = seeds.stream(Purpose.CLIP, pass, drawn);
      int[] chosen = config.sampling().draw(chosenFrames, info.frames(), info.fps(), rng);
      numbers[r] =
          chosenFrames == shape.frames() ? chosen : FramesBetween.fill(chosen, info.frames());
    }
    return numbers;
  }

  /** Box and flip of one clip. */
  Crop drawCrop(Size source, long pass, long sample) {
    RandomGenerator rng = seeds.stream(Purpose.AUGMENT, pass, sample);
    return Crop.draw(config.crop(), config.flip(), source, shape.height(), shape.width(), rng);
  }

  /** Changes of the clip number {@code r} of its video. */
  private List<PhotometricChange> drawPhotometric(long pass, long sample, int r) {
    RandomGenerator rng = seeds.stream(Purpose.PHOTOMETRIC, pass, sample);
    List<PhotometricChange> changes = new ArrayList<>(config.colourJitter().draw(rng));
    if (!views.isEmpty()) {
      changes.addAll(views.get(r % views.size()).draw(rng));
    }
    return List.copyOf(changes);
  }

  /** Every frame is decoded once and goes straight into each clip that shows it. */
  private byte[] cut(VideoReader reader, List<ClipDraw> draws) throws VideoException {
    byte[] pixels = new byte[Math.multiplyExact(draws.size(), shape.bytes())];
    List<Cutting> cuttings = new ArrayList<>(draws.size());
    for (ClipDraw draw : draws) {
      cuttings.add(new Cutting(draw, shape, pixels, cuttings.size() * shape.bytes()));
    }
    int[] needed =
        draws.stream().flatMapToInt(d -> Arrays.stream(d.frames())).sorted().distinct().toArray();
    reader.each(
        needed, (number, frame) -> cuttings.forEach(cutting -> cutting.take(number, frame)));
    cuttings.forEach(Cutting::finish);
    return pixels;
  }

  /** After the frames were decoded: what moves in them may decide. */
  private List<Mask> masks(VideoReader reader, List<ClipDraw> draws) throws VideoException {
    List<Mask> masks = new ArrayList<>();
    if (masking.isPresent()) {
      for (ClipDraw draw : draws) {
        RandomGenerator rng = seeds.stream(Purpose.MASK, draw.pass(), draw.sample());
        masks.add(
            decode.motion()
                ? masking.get().draw(shape, ClipMotion.of(reader, draw, shape), rng)
                : masking.get().draw(shape, rng));
      }
    }
    return masks;
  }
}
