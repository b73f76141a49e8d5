package io.tubelet.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Video files to be read. */
public sealed interface Films permits WrittenFilms, GivenFilms {

  /** What they are called in tables and files. */
  String name();

  /** The files, made now where they are ours and missing. */
  List<Path> files() throws IOException;
}
