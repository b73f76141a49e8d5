package io.tubelet.cli;

import io.tubelet.config.PretrainConfig;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which recipe, and what is changed in it. */
final class RecipeOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the recipe, e.g. --set mask.ratio=0.75; repeatable.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  PretrainConfig read(String recipe) throws IOException {
    return PretrainConfig.read(recipe, overrides);
  }
}
