package io.tubelet.evaluate;

/**
 * A listed clip that was not evaluated. It is never replaced by another.
 *
 * @param name as the list has it
 * @param reason why, in one sentence
 */
public record Missing(String name, String reason) {}
