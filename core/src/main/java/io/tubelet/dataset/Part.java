package io.tubelet.dataset;

/** Which part of a data set is wanted, where one folder of lists holds both. */
public enum Part {
  TRAIN,
  TEST
}
