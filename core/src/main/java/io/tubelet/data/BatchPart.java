package io.tubelet.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which clips of a batch are here; the others are other processes'.
 *
 * @param whole clips of the batch in all
 * @param places of the clips here, ascending, from 0
 * @param pass of the whole batch's first clip
 * @param sample number of that clip in its pass
 */
public record BatchPart(int whole, List<Integer> places, long pass, long sample) {
  public BatchPart {
    places = List.copyOf(places);
  }

  static BatchPart all(int clips, List<ClipDraw> draws) {
    List<Integer> places = IntStream.range(0, clips).boxed().toList();
    return draws.isEmpty()
        ? new BatchPart(clips, places, 0, 0)
        : new BatchPart(clips, places, draws.get(0).pass(), draws.get(0).sample());
  }

  /** Share of the batch's clips. */
  public double share() {
    return (double) places.size() / whole;
  }
}
