package io.tubelet.run;

import io.tubelet.evaluate.Prediction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has come of some videos of a list, by their numbers in it: every process scores its part,
 * and the parts are put together, nothing averaged or rounded.
 */
final class PartialScores {
  private final SortedMap<Integer, Prediction> predictions = new TreeMap<>();
  private final SortedMap<Integer, String> failures = new TreeMap<>();

  void add(int video, Prediction prediction) {
    predictions.put(video, prediction);
  }

  /**
   * @param reason why a video gave no views
   */
  void addFailure(int video, String reason) {
    failures.put(video, reason);
  }

  /** In the order of the list. */
  SortedMap<Integer, Prediction> predictions() {
    return predictions;
  }

  /** In the order of the list. */
  SortedMap<Integer, String> failures() {
    return failures;
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(predictions.size());
    for (Map.Entry<Integer, Prediction> entry : predictions.entrySet()) {
      double[] probabilities = entry.getValue().probabilities();
      out.writeInt(entry.getKey());
      out.writeInt(probabilities.length);
      for (double probability : probabilities) {
        out.writeDouble(probability);
      }
    }
    out.writeInt(failures.size());
    for (Map.Entry<Integer, String> entry : failures.entrySet()) {
      out.writeInt(entry.getKey());
      out.writeUTF(entry.getValue());
    }
    return bytes.toByteArray();
  }

  /** Takes in what another process has written with {@link #bytes}. */
  void addAll(byte[] part) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(part));
    int scored = in.readInt();
    for (int i = 0; i < scored; i++) {
      int video = in.readInt();
      double[] probabilities = new double[in.readInt()];
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] = in.readDouble();
      }
      add(video, new Prediction(probabilities));
    }
    int failed = in.readInt();
    for (int i = 0; i < failed; i++) {
      addFailure(in.readInt(), in.readUTF());
    }
  }
}
