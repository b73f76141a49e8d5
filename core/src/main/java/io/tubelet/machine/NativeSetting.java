package io.tubelet.machine;

/**
 * A variable of the environment that a native library reads when it is loaded.
 *
 * @param name of the variable
 * @param value that this machine needs
 * @param reason what happens without it, a sentence
 */
public record NativeSetting(String name, String value, String reason) {}
