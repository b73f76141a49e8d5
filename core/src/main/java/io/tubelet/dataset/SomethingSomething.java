package io.tubelet.dataset;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.data.DataException;
import io.tubelet.data.ListLine;
import io.tubelet.data.VideoList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lists of Something-Something V2.
 *
 * <pre>{@code
 * train.json, validation.json  [{"id": "78687", "label": "holding potato next to vicks vaporub bottle",
 *                                "template": "Holding [something] next to [something]", ...}, ...]
 * test-answers.csv             1420;Holding something next to something
 * labels.json                  {"Holding something next to something": "42", ...}
 * }</pre>
 *
 * <p>The class is the template without its brackets. The clip is {@code 78687.webm}, converted or
 * not, beside the list or in {@code 20bn-something-something-v2} beside the list or its folder.
 */
final class SomethingSomething {
  private static final Pattern ANSWER = Pattern.compile("\\d+;.*");
  private static final List<String> LABEL_MAPS =
      List.of("labels.json", "something-something-v2-labels.json");
  private static final String VIDEOS = "20bn-something-something-v2";

  private final ClassIndex index;
  private final VideoTree videos;
  private final List<Listing.Clip> clips = new ArrayList<>();

  private SomethingSomething(ClassIndex index, VideoTree videos) {
    this.index = index;
    this.videos = videos;
  }

  static boolean isAnswer(String line) {
    return ANSWER.matcher(line).matches();
  }

  static Listing read(Path list, @Nullable ClassNames given, ReadOptions options)
      throws IOException {
    if (!Files.isRegularFile(list)) {
      throw new DataException(
          list + ": not a list; give Something-Something's train.json, validation.json or such");
    }
    Path folder = VideoList.folderOf(list);
    Path above = VideoList.folderOf(folder);
    SomethingSomething reader =
        new SomethingSomething(
            new ClassIndex(given == null ? labelMapOf(list) : given),
            VideoTree.of(
                options.videos(), List.of(folder, folder.resolve(VIDEOS), above.resolve(VIDEOS))));
    if (list.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
      reader.readJson(list);
    } else {
      reader.readAnswers(list);
    }
    return new Listing(reader.index.classes(), reader.clips);
  }

  private static ClassNames labelMapOf(Path list) throws IOException {
    for (String name : LABEL_MAPS) {
      Path map = VideoList.folderOf(list).resolve(name);
      if (Files.isRegularFile(map)) {
        return ClassNames.read(map);
      }
    }
    throw new DataException(
        "%s: no %s beside it; give the label map as the class list"
            .formatted(list, String.join(" or ", LABEL_MAPS)));
  }

  private void readJson(Path list) throws IOException {
    try (InputStream in = Files.newInputStream(list);
        JsonParser json = new ObjectMapper().createParser(in)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new DataException(list + ": must be a list of clips, [{\"id\": ...}, ...]");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        String place = "%s, line %d".formatted(list, json.currentTokenLocation().getLineNr());
        JsonNode entry = json.readValueAsTree();
        add(place, text(entry, "id", place), text(entry, "template", place));
      }
    } catch (JsonProcessingException e) {
      throw new DataException(
          "%s, line %d: not valid JSON".formatted(list, e.getLocation().getLineNr()));
    }
  }

  private static String text(JsonNode entry, String key, String place) throws DataException {
    String text = entry.path(key).asText();
    if (text.isBlank()) {
      throw new DataException(
          "%s: a clip needs its id and its template, but %s is missing; test lists have no classes, their answers do"
              .formatted(place, key));
    }
    return text;
  }

  private void readAnswers(Path list) throws IOException {
    for (ListLine line : ListLine.read(list)) {
      if (!isAnswer(line.text())) {
        throw line.error("must be 'id;class', got '%s'".formatted(line.text()));
      }
      int semicolon = line.text().indexOf(';');
      add(line.place(), line.text().substring(0, semicolon), line.text().substring(semicolon + 1));
    }
  }

  private void add(String place, String id, String template) throws IOException {
    String name = template.replace("[", "").replace("]", "").strip();
    int label = index.label(name, place);
    clips.add(new Listing.Clip(place, id, videos.find(List.of(""), id), label));
  }
}
