package io.tubelet.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.tubelet.objective.HogTarget;
import io.tubelet.objective.PixelTarget;
import io.tubelet.objective.Target;
import io.tubelet.objective.TeacherTarget;
import io.tubelet.objective.TokenTarget;
import java.io.IOException;

/**
 * How a target is written: a bare word where it has no settings, {@code target: unit}, and like
 * other choices where it has, {@code target: {kind: teacher, ...}}.
 */
final class TargetFormat {
  private static final String HOG = "hog";
  private static final String TEACHER = "teacher";
  private static final String TOKENS = "tokens";

  private TargetFormat() {}

  static SimpleModule module() {
    return new SimpleModule()
        .addSerializer(Target.class, new Writer())
        .addDeserializer(Target.class, new Reader());
  }

  private static final class Writer extends StdSerializer<Target> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(Target.class);
    }

    @Override
    public void serialize(Target target, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (target instanceof PixelTarget pixels) {
        json.writeString(KebabCaseEnums.of(pixels));
      } else if (target instanceof TeacherTarget teacher) {
        json.writeStartObject();
        json.writeStringField("kind", TEACHER);
        json.writeStringField("checkpoint", teacher.checkpoint());
        json.writeNumberField("width", teacher.width());
        json.writeEndObject();
      } else if (target instanceof TokenTarget tokens) {
        json.writeStartObject();
        json.writeStringField("kind", TOKENS);
        json.writeStringField("tokenizer", tokens.tokenizer());
        json.writeNumberField("vocabulary", tokens.vocabulary());
        json.writeEndObject();
      } else {
        json.writeString(HOG);
      }
    }
  }

  private static final class Reader extends StdDeserializer<Target> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(Target.class);
    }

    @Override
    public Target deserialize(JsonParser json, DeserializationContext context) throws IOException {
      JsonNode tree = context.readTree(json);
      String kind = (tree instanceof ObjectNode ? tree.path("kind") : tree).asText();
      if (tree instanceof ObjectNode settings && (kind.equals(TEACHER) || kind.equals(TOKENS))) {
        settings.remove("kind");
        Class<? extends Target> type =
            kind.equals(TEACHER) ? TeacherTarget.class : TokenTarget.class;
        return context.readTreeAsValue(settings, type);
      }
      if (tree.isTextual() || tree.size() == 1) {
        if (kind.equals(HOG)) {
          return new HogTarget();
        }
        for (PixelTarget pixels : PixelTarget.values()) {
          if (kind.equals(KebabCaseEnums.of(pixels))) {
            return pixels;
          }
        }
      }
      throw MismatchedInputException.from(
          json,
          (Class<?>) null,
          "must be one of %s, %s, {kind: tokens, tokenizer: WEIGHTS, vocabulary: WORDS}, or {kind: teacher, checkpoint: WEIGHTS, width: CHANNELS}, got %s"
              .formatted(pixelTargets(), HOG, tree));
    }

    private static String pixelTargets() {
      StringBuilder names = new StringBuilder();
      for (PixelTarget target : PixelTarget.values()) {
        names.append(names.isEmpty() ? "" : ", ").append(KebabCaseEnums.of(target));
      }
      return names.toString();
    }
  }
}
