package io.tubelet.tokenizer;

import java.util.Arrays;

/**
 * How often each word of a vocabulary was said.
 *
 * @param counts by number of the word
 */
public record CodebookUse(long[] counts) {

  /** Counts words. */
  public static CodebookUse of(long[] words, int vocabulary) {
    long[] counts = new long[vocabulary];
    for (long word : words) {
      counts[(int) word]++;
    }
    return new CodebookUse(counts);
  }

  /** Words that were said at all. */
  public int used() {
    return (int) Arrays.stream(counts).filter(count -> count > 0).count();
  }

  /**
   * The number of words that, said equally often, would tell as much: {@code exp} of the entropy.
   */
  public double perplexity() {
    double all = Arrays.stream(counts).sum();
    double entropy = 0;
    for (long count : counts) {
      entropy -= count == 0 ? 0 : count / all * Math.log(count / all);
    }
    return Math.exp(entropy);
  }
}
