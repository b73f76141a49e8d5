package io.tubelet.measure;

import java.util.List;

/** What cases of loading can differ in. */
enum LoadingParameter implements Parameter<LoadingCase> {
  FILES("files"),
  CODEC("codec"),
  GOP("frames from one key frame to the next"),
  PICTURE("height of the picture"),
  WORK("work"),
  WORKERS("workers"),
  REPEATS("clips of a video (repeated sampling)");

  /** Those along which speed can be drawn. */
  static final List<LoadingParameter> NUMBERS = List.of(GOP, PICTURE, WORKERS, REPEATS);

  private final String axis;

  LoadingParameter(String axis) {
    this.axis = axis;
  }

  /** The name of the axis along which {@link #value} is drawn. */
  String axis() {
    return axis;
  }

  @Override
  public String text(LoadingCase loading) {
    return switch (this) {
      case FILES -> loading.films() instanceof GivenFilms given ? given.name() : "";
      case WORK -> loading.work().label();
      case WORKERS -> counted(loading.workers(), "worker");
      case REPEATS -> counted(loading.repeats(), "clip") + " a video";
      case CODEC, GOP, PICTURE ->
          loading.films() instanceof WrittenFilms written ? ofForm(written) : "";
    };
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private String ofForm(WrittenFilms films) {
    return switch (this) {
      case CODEC -> films.codecName();
      case GOP -> "GOP " + films.gop();
      default -> films.size().width() + "x" + films.size().height();
    };
  }

  /** Where a case stands along this parameter's axis; of one of {@link #NUMBERS}. */
  double value(LoadingCase loading) {
    if (this == WORKERS) {
      return loading.workers();
    }
    if (this == REPEATS) {
      return loading.repeats();
    }
    if (loading.films() instanceof WrittenFilms films && this == GOP) {
      return films.gop();
    }
    if (loading.films() instanceof WrittenFilms films && this == PICTURE) {
      return films.size().height();
    }
    throw new IllegalArgumentException(axis + " is not a number of " + loading.films().name());
  }
}
