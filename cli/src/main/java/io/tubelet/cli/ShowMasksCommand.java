package io.tubelet.cli;

import io.tubelet.run.MaskPicture;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws every way of masking on a clip. */
@Command(
    name = "masks",
    description =
        "Draw every way of masking on a clip, in the manner of mae_st's Figure 4: each at its usual"
            + " ratio, and the recipe's own.",
    footer = {
      "",
      "Examples:",
      "  tubelet show masks --out masks.png",
      "  tubelet show masks --video clip.mp4 --recipe jhmdb-ti --set mask.ratio=0.95 --out mine.png"
    })
final class ShowMasksCommand implements Callable<Integer> {
  @Option(
      names = "--video",
      paramLabel = "V",
      description = "The video; the clip in its middle is taken (default: an embedded clip).")
  private @Nullable Path video;

  @Option(
      names = "--recipe",
      defaultValue = "mae-st-k400-vit-l",
      paramLabel = "NAME_OR_FILE",
      description = "Whose clips and tubelets.")
  private String recipe = "";

  @Mixin private RecipeOptions settings;

  @Option(
      names = "--seed",
      defaultValue = "0",
      description = "The same seed hides the same tokens.")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PNG",
      description = "The picture; a file of that name is replaced.")
  private Path out = Path.of("");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    byte[] png = new MaskPicture(settings.read(recipe)).png(Optional.ofNullable(video), seed);
    Files.write(out, png);
    PrintWriter print = spec.commandLine().getOut();
    print.println(out);
    print.flush();
    return ExitCode.OK;
  }
}
