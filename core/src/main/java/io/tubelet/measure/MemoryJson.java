package io.tubelet.measure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Memory for other programs. Keys are added, never changed:
 *
 * <pre>{@code
 * memory.json
 *   format                       "tubelet-memory-1"
 *   tubelet, java, machine       as in data.json
 *   cases                        [{name, resident-bytes-per-clip, samples: [sample]}]
 *
 * sample
 *   clips                        read so far
 *   resident-bytes, heap-bytes, native-objects    null where unknown
 * }</pre>
 *
 * @param courses at least one
 */
record MemoryJson(LoadingSettings settings, List<MemoryCourse> courses) {

  /** The file's text. */
  String text() {
    ObjectNode json =
        BenchJson.begin("tubelet-memory-1", settings.machine(), settings.machine().cores());
    courses.forEach(course -> json.withArray("cases").add(of(course)));
    return BenchJson.text(json);
  }

  private static ObjectNode of(MemoryCourse course) {
    ObjectNode json = BenchJson.node();
    json.put("name", course.loading().describe());
    course.slope().ifPresent(slope -> json.put("resident-bytes-per-clip", slope));
    for (MemorySample sample : course.samples()) {
      ObjectNode node = json.withArray("samples").addObject();
      node.put("clips", sample.clips());
      BenchJson.putCount(node, "resident-bytes", sample.resident());
      node.put("heap-bytes", sample.heap());
      BenchJson.putCount(node, "native-objects", sample.nativeObjects());
    }
    return json;
  }
}
