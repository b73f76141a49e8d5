package io.tubelet.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options as people write them: in small letters, with dashes. */
final class Words {
  private Words() {}

  /** The constants of an enum: {@code class-folders} for {@code CLASS_FOLDERS}. */
  static <E extends Enum<E>> ITypeConverter<E> of(Class<E> type) {
    return named(type, Words::word);
  }

  /** The constants of an enum that have names of their own, in small letters. */
  static <E extends Enum<E>> ITypeConverter<E> named(Class<E> type, Function<E, String> name) {
    return word ->
        Arrays.stream(type.getEnumConstants())
            .filter(constant -> name.apply(constant).equals(word.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "'%s' is none of %s"
                            .formatted(
                                word,
                                Arrays.stream(type.getEnumConstants())
                                    .map(name)
                                    .collect(Collectors.joining(", ")))));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What {@code parse} reads, its complaint being the message. */
  static <T> ITypeConverter<T> readBy(Function<String, T> parse) {
    return word -> {
      try {
        return parse.apply(word);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }

  /** A time such as {@code 90m}, {@code 2h} or {@code 1h30m}. */
  static Duration duration(String word) {
    try {
      Duration time = Duration.parse("PT" + word.toUpperCase(Locale.ROOT));
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("'%s' is no time at all".formatted(word));
      }
      return time;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'%s' is no time; write it as 45s, 90m, 2h or 1h30m".formatted(word), e);
    }
  }

  /** A number that need not be given. */
  static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
