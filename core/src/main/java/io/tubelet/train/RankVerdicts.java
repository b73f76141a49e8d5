package io.tubelet.train;

import io.tubelet.data.Verdicts;
import io.tubelet.distributed.Ranks;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Tells the other ranks which videos of a batch cannot be read: a line each. */
public record RankVerdicts(Ranks ranks) implements Verdicts {

  @Override
  public Map<Integer, String> ofAll(Map<Integer, String> own) {
    StringBuilder lines = new StringBuilder();
    own.forEach(
        (candidate, reason) ->
            lines.append(candidate).append(' ').append(reason.replaceAll("\\R", " ")).append('\n'));
    Map<Integer, String> all = new TreeMap<>();
    for (byte[] ofOne : ranks.gather(lines.toString().getBytes(StandardCharsets.UTF_8))) {
      new String(ofOne, StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" ", 2))
          .forEach(line -> all.put(Integer.parseInt(line[0]), line[1]));
    }
    return all;
  }
}
