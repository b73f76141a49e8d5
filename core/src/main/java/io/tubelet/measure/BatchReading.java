package io.tubelet.measure;

import io.tubelet.data.BatchSpec;
import io.tubelet.data.ClipLoader;
import io.tubelet.data.Cursor;
import io.tubelet.data.DataConfig;
import io.tubelet.data.Manifest;
import io.tubelet.data.Manifest.Entry;
import io.tubelet.data.Seeds;
import io.tubelet.mask.RandomMasking;
import io.tubelet.train.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Takes batches from the loader of pre-training, as quickly as it makes them. */
final class BatchReading implements ClipReading {
  /** Masks cost next to nothing; this one fits the smallest clips. */
  private static final RandomMasking ANY_MASK = new RandomMasking(0.5);

  private final ClipLoader loader;

  BatchReading(VideoSet set, LoadingSettings settings, LoadingCase loading) {
    List<Entry> entries =
        set.videos().stream().map(v -> new Entry(v.file().toString(), v.file(), null)).toList();
    DataConfig data = settings.data(loading);
    loader =
        new ClipLoader(
            new Manifest(Path.of(set.name()), entries),
            data.opener(),
            data,
            BatchSpec.masked(settings.batch(), settings.clip(), ANY_MASK),
            new Seeds(0),
            Cursor.START);
  }

  @Override
  public long read(long from, long clips, StopSignal stop)
      throws IOException, InterruptedException {
    long read = 0;
    while (read < clips && !stop.isRequested()) {
      read += loader.next().size();
    }
    return read;
  }

  @Override
  public void close() {
    loader.close();
  }
}
