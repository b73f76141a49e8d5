package io.tubelet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The direction in which knowledge may flow, each rule with its reason. */
@AnalyzeClasses(packages = "io.tubelet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_haveNoCycles =
      slices()
          .matching("io.tubelet.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a chapter that needs a later one cannot be read alone");

  @ArchTest
  static final ArchRule models_knowNothingOfTraining =
      noClasses()
          .that()
          .resideInAnyPackage("..nn..", "..model..", "..tokenizer..", "..objective..", "..optim..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..train..", "..video..", "..data..", "..config..", "..report..")
          .because("a model must be usable without our trainer, our decoder or our configuration");

  @ArchTest
  static final ArchRule choices_arePlainJava =
      noClasses()
          .that()
          .resideInAnyPackage("..clip..", "..mask..", "..sample..", "..augment..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..")
          .because("what is drawn for a clip is tested in milliseconds, without a native library");

  @ArchTest
  static final ArchRule ffmpeg_staysInVideo =
      noClasses()
          .that()
          .resideOutsideOfPackages("..video..", "..machine..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco.ffmpeg..")
          .because(
              "one chapter owns the lifetimes of FFmpeg's structures (machine asks its version)");

  @ArchTest
  static final ArchRule scopes_areOpenedByOurs =
      noClasses()
          .that()
          .resideOutsideOfPackages("..tensor..", "..video..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.bytedeco.javacpp.PointerScope")
          .because("tensors live and die by TensorScope alone");

  @ArchTest
  static final ArchRule library_doesNotPrint =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "exit", int.class)
          .because("a library speaks through its results and its logger");

  @ArchTest
  static final ArchRule randomness_isPassedIn =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .callMethod(Math.class, "random")
          .because("every draw comes from a stream named by purpose, pass and sample");

  @ArchTest
  static final ArchRule names_sayWhatAClassIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .because("a function without a home is a concept without a name");

  /** The layers of docs/architecture.md, from below; what each may use is said in full. */
  @ArchTest
  static final ArchRule chapters_buildOnEarlierOnes =
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .ensureAllClassesAreContainedInArchitecture()
          .layer("values")
          .definedBy("io.tubelet.clip..", "io.tubelet.file..", "io.tubelet.shards..")
          .layer("tensors")
          .definedBy("io.tubelet.tensor..")
          .layer("machine")
          .definedBy("io.tubelet.machine..")
          .layer("distribution")
          .definedBy("io.tubelet.distributed..")
          .layer("choices")
          .definedBy("io.tubelet.sample..", "io.tubelet.augment..", "io.tubelet.mask..")
          .layer("video")
          .definedBy("io.tubelet.video..")
          .layer("synthetic")
          .definedBy("io.tubelet.synthetic..")
          .layer("data")
          .definedBy("io.tubelet.data..", "io.tubelet.dataset..")
          .layer("layers")
          .definedBy("io.tubelet.nn..")
          .layer("model")
          .definedBy("io.tubelet.model..", "io.tubelet.tokenizer..")
          .layer("learning")
          .definedBy("io.tubelet.objective..", "io.tubelet.optim..")
          .layer("weights")
          .definedBy("io.tubelet.published..", "io.tubelet.pickle..", "io.tubelet.checkpoint..")
          .layer("looking")
          .definedBy("io.tubelet.visual..")
          .layer("scoring")
          .definedBy("io.tubelet.evaluate..")
          .layer("telling")
          .definedBy("io.tubelet.report..")
          .layer("training")
          .definedBy("io.tubelet.train..")
          .layer("composition")
          .definedBy("io.tubelet.config..")
          .layer("probing")
          .definedBy("io.tubelet.probe..")
          .layer("measuring")
          .definedBy("io.tubelet.measure..")
          .layer("curation")
          .definedBy("io.tubelet.curate..")
          .layer("run")
          .definedBy("io.tubelet.run..")
          .layer("studies")
          .definedBy("io.tubelet.study..")
          .layer("convert")
          .definedBy("io.tubelet.convert..")
          .whereLayer("values")
          .mayNotAccessAnyLayer()
          .whereLayer("tensors")
          .mayNotAccessAnyLayer()
          .whereLayer("machine")
          .mayOnlyAccessLayers("tensors")
          .whereLayer("distribution")
          .mayOnlyAccessLayers("tensors", "machine")
          .whereLayer("choices")
          .mayOnlyAccessLayers("values")
          .whereLayer("video")
          .mayOnlyAccessLayers("values")
          .whereLayer("synthetic")
          .mayOnlyAccessLayers("values", "video")
          .whereLayer("data")
          .mayOnlyAccessLayers("values", "choices", "video")
          .whereLayer("layers")
          .mayOnlyAccessLayers("tensors")
          .whereLayer("model")
          .mayOnlyAccessLayers("values", "tensors", "choices", "layers")
          .whereLayer("learning")
          .mayOnlyAccessLayers("values", "tensors", "distribution", "choices", "layers", "model")
          .whereLayer("weights")
          .mayOnlyAccessLayers("values", "tensors", "machine")
          .whereLayer("looking")
          .mayOnlyAccessLayers("values", "choices")
          .whereLayer("scoring")
          .mayNotAccessAnyLayer()
          .whereLayer("telling")
          .mayOnlyAccessLayers("values", "scoring")
          .whereLayer("training")
          .mayOnlyAccessLayers(
              "values",
              "tensors",
              "machine",
              "distribution",
              "choices",
              "data",
              "layers",
              "model",
              "learning",
              "telling")
          .whereLayer("composition")
          .mayOnlyAccessLayers(
              "values",
              "tensors",
              "distribution",
              "choices",
              "data",
              "layers",
              "model",
              "learning",
              "training")
          .whereLayer("probing")
          .mayOnlyAccessLayers(
              "values",
              "tensors",
              "distribution",
              "video",
              "layers",
              "model",
              "learning",
              "weights")
          .whereLayer("measuring")
          .mayOnlyAccessLayers(
              "values",
              "tensors",
              "machine",
              "choices",
              "video",
              "synthetic",
              "data",
              "layers",
              "model",
              "learning",
              "looking",
              "telling",
              "training")
          .whereLayer("curation")
          .mayOnlyAccessLayers("values", "video", "data", "telling")
          .whereLayer("run")
          .mayOnlyBeAccessedByLayers("studies")
          .whereLayer("studies")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("convert")
          .mayOnlyBeAccessedByLayers("run")
          .because("data flows one way: file, frames, clip, mask, model, loss, run, pictures");

  @ArchTest
  static final ArchRule packages_openWithAChapter =
      classes()
          .that()
          .haveSimpleName("package-info")
          .should()
          .beAnnotatedWith("org.jspecify.annotations.NullMarked")
          .because("nullness is part of every signature");
}
