package io.tubelet.pickle;

/** A Python name met in a pickle: two strings and no meaning beyond them. */
record Global(String module, String name) {

  @Override
  public String toString() {
    return module + "." + name;
  }
}
