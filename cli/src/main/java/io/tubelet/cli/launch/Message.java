package io.tubelet.cli.launch;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What launchers of several machines say to each other: one line of JSON each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "say")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Message.Hello.class, name = "hello"),
  @JsonSubTypes.Type(value = Message.Refused.class, name = "refused"),
  @JsonSubTypes.Type(value = Message.Start.class, name = "start"),
  @JsonSubTypes.Type(value = Message.Failing.class, name = "failing"),
  @JsonSubTypes.Type(value = Message.Done.class, name = "done"),
  @JsonSubTypes.Type(value = Message.Stop.class, name = "stop"),
  @JsonSubTypes.Type(value = Message.Finish.class, name = "finish"),
  @JsonSubTypes.Type(value = Message.Alive.class, name = "alive")
})
sealed interface Message {

  /** To the first node: here I am. */
  record Hello(String version, Layout layout) implements Message {
    public Hello {
      Objects.requireNonNull(version, "version"); // it comes from outside
      Objects.requireNonNull(layout, "layout");
    }
  }

  /** From the first node: you do not belong here. */
  record Refused(String reason) implements Message {}

  /** From the first node: start your ranks, which meet at this port of mine. */
  record Start(int port, boolean resume) implements Message {}

  /** To the first node: one of my ranks has failed, or I am asked to stop. */
  record Failing(boolean stopAsked) implements Message {}

  /** To the first node: all my ranks have ended, with this trouble or none. */
  record Done(@Nullable Trouble trouble) implements Message {}

  /** From the first node: end your ranks. */
  record Stop() implements Message {}

  /** From the first node: it is over, leave with this exit code. */
  record Finish(int code) implements Message {}

  /** Nothing new; but no silence either. */
  record Alive() implements Message {}

  /** Writes and reads messages. */
  final class Json {
    private static final JsonMapper MAPPER =
        JsonMapper.builder().disable(MapperFeature.AUTO_DETECT_IS_GETTERS).build();

    private Json() {}

    static String line(Message message) {
      try {
        return MAPPER.writerFor(Message.class).writeValueAsString(message);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    /**
     * Reads a line.
     *
     * @throws JsonProcessingException when it is none of ours
     */
    static Message read(String line) throws JsonProcessingException {
      return MAPPER.readValue(line, Message.class);
    }
  }
}
