package io.tubelet.evaluate;

/**
 * Top-1 accuracy over the clips of one class.
 *
 * @param label the class
 * @param accuracy of its clips; without any its share is {@code NaN}
 */
public record ClassAccuracy(int label, Accuracy accuracy) {}
