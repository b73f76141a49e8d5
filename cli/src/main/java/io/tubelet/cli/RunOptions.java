package io.tubelet.cli;

import io.tubelet.run.Start;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A training run: by which recipe, in which folder, and from where. */
final class RunOptions {
  @Option(
      names = "--recipe",
      required = true,
      paramLabel = "NAME_OR_FILE",
      description = "A shipped recipe by name, or a YAML file. 'tubelet recipes' lists them.")
  private String recipe;

  @Mixin private RecipeOptions settings;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where checkpoints, logs and the report go (default: runs/RECIPE).")
  private @Nullable Path out;

  @Option(
      names = "--shuffle-buffer",
      defaultValue = "1000",
      paramLabel = "N",
      description =
          "Of videos in shards, how many that follow each other are mixed; files are mixed all with"
              + " all.")
  private int shuffleBuffer;

  @Option(names = "--resume", description = "Go on where the run in --out was stopped.")
  private boolean resume;

  @Option(names = "--dry-run", description = "Print the plan and stop.")
  private boolean dryRun;

  String recipe() {
    return recipe;
  }

  /** What is changed in the recipe. */
  RecipeOptions settings() {
    return settings;
  }

  /** The run's folder, called after the recipe where nobody says. */
  Path folder() {
    if (out != null) {
      return out;
    }
    String name = String.valueOf(Path.of(recipe).getFileName());
    return Path.of("runs", name.endsWith(".yaml") ? name.substring(0, name.length() - 5) : name);
  }

  /** How many videos of shards are mixed. */
  int shuffleBuffer() {
    return shuffleBuffer;
  }

  Start start() {
    return resume ? Start.RESUME : Start.FRESH;
  }

  boolean isDryRun() {
    return dryRun;
  }
}
