package io.tubelet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tubelet.config.ConfigFormat;
import io.tubelet.config.ContrastiveConfig;
import io.tubelet.config.FineTuneConfig;
import io.tubelet.config.Recipes;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the shipped recipes, or prints one with everything it inherits. */
@Command(
    name = "recipes",
    description = "List the shipped recipes, or print one completely resolved.")
final class RecipesCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME_OR_FILE",
      description = "Print this recipe with all it inherits; a start for one of your own.")
  private @Nullable String recipe;

  @Mixin private RecipeOptions settings;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter print = spec.commandLine().getOut();
    if (recipe == null) {
      for (String name : Recipes.names()) {
        print.printf("%-40s %s%n", name, Recipes.headline(name));
      }
      for (String name : Recipes.studies()) {
        print.printf("%-40s %s%n", name, Recipes.headline(name));
      }
    } else {
      print.print(ConfigFormat.yaml(resolved(recipe)));
    }
    print.flush();
    return ExitCode.OK;
  }

  private Object resolved(String name) throws IOException {
    JsonNode tree = settings.tree(name);
    if (FineTuneConfig.isFineTuning(tree) || tree.has("seeds")) {
      return tree; // what a fine-tuning leaves to its checkpoint cannot be bound yet; a study is no
      // run
    }
    return ContrastiveConfig.isContrastive(tree) ? settings.contrastive(name) : settings.read(name);
  }
}
