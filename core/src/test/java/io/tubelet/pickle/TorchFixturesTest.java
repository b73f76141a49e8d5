package io.tubelet.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tubelet.tensor.ElementType;
import io.tubelet.tensor.Shapes;
import io.tubelet.tensor.TensorScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Checkpoints of the official programs against what Python found in them: every {@code
 * *.pthinfo.json} of the fixture folder.
 */
@NullUnmarked // what a file holds is for the assertions to find out
class TorchFixturesTest {
  /** Python summed in double; so do we, in another order. */
  private static final double SUM_TOLERANCE = 1e-9;

  @TestFactory
  Stream<DynamicTest> everyCheckpoint_readHere_isWhatPythonFound() throws IOException {
    String given = System.getProperty("tubelet.fixtures", "");
    Path folder =
        given.isEmpty()
            ? Path.of(System.getProperty("tubelet.root", ".."), "..", "shared", "fixtures")
            : Path.of(given);
    assumeTrue(Files.isDirectory(folder), "no fixtures at " + folder);
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path sidecar :
          (Iterable<Path>)
              files.filter(f -> f.toString().endsWith(".pthinfo.json")).sorted()::iterator) {
        JsonNode info = new ObjectMapper().readTree(sidecar.toFile());
        Stream.concat(strings(info.path("files")), strings(info.path("file")))
            .forEach(
                name ->
                    tests.add(
                        DynamicTest.dynamicTest(name, () -> check(folder.resolve(name), info))));
      }
    }
    assumeTrue(!tests.isEmpty(), "no *.pthinfo.json in " + folder);
    return tests.stream();
  }

  private static Stream<String> strings(JsonNode node) {
    return node.isTextual()
        ? Stream.of(node.asText())
        : StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText);
  }

  private static void check(Path path, JsonNode info) throws IOException {
    try (TensorScope scope = new TensorScope();
        TorchFile file = TorchFile.open(path)) {
      Map<String, Tensor> state = file.stateDict();
      if (info.has("state_dict_key")) {
        assertThat(file.wrapper()).contains(info.get("state_dict_key").asText());
        assertThat(((Map<?, ?>) file.root()).keySet().stream().map(String::valueOf))
            .containsExactlyElementsOf(strings(info.get("top_level_keys")).toList());
      }
      JsonNode expected =
          info.has("tensors")
              ? info.get("tensors")
              : info.get("tensors_in_logical_row_major_order");
      assertThat(state.keySet()).containsExactlyInAnyOrderElementsOf(() -> expected.fieldNames());
      for (String name : state.keySet()) {
        checkTensor(name, state.get(name), expected.get(name));
      }
      checkOthers(file.otherEntries(), info);
    }
  }

  /** {@code f32} of {@code float32}, {@code u8} of {@code uint8}. */
  private static String shortName(String dtype) {
    return dtype.replace("float", "f").replace("uint", "u").replace("int", "i");
  }

  private static void checkTensor(String name, Tensor tensor, JsonNode expected) {
    ElementType type = ElementType.of(tensor).orElseThrow();
    assertThat(type.name().toLowerCase(Locale.ROOT))
        .as(name)
        .isEqualTo(shortName(expected.get("dtype").asText()));
    assertThat(Shapes.of(tensor))
        .as(name)
        .isEqualTo(numbers(expected.get("shape")).mapToLong(v -> v.longValue()).toArray());
    double[] values = values(tensor);
    if (expected.has("values")) {
      assertThat(values)
          .as(name)
          .isEqualTo(numbers(expected.get("values")).mapToDouble(v -> v).toArray());
    } else {
      double sum = 0;
      double absolute = 0;
      for (double v : values) {
        sum += v;
        absolute += Math.abs(v);
      }
      double tolerance = SUM_TOLERANCE * Math.max(1, absolute);
      assertThat(sum).as(name).isCloseTo(expected.get("sum").asDouble(), within(tolerance));
      assertThat(absolute)
          .as(name)
          .isCloseTo(expected.get("abs_sum").asDouble(), within(tolerance));
      double[] first = numbers(expected.get("first5")).mapToDouble(v -> v).toArray();
      assertThat(Arrays.copyOf(values, first.length)).as(name).isEqualTo(first);
    }
  }

  private static void checkOthers(Map<String, Object> others, JsonNode info) {
    if (info.has("epoch")) {
      assertThat(others.get("epoch")).hasToString(info.get("epoch").asText());
    }
    if (info.has("args_subset")) {
      Opaque args = (Opaque) others.get("args");
      assertThat(args.type()).isEqualTo("argparse.Namespace");
      for (Iterator<String> names = info.get("args_subset").fieldNames(); names.hasNext(); ) {
        String name = names.next();
        assertPlain(((Map<?, ?>) args.state()).get(name), info.get("args_subset").get(name), name);
      }
    }
    if (info.has("optimizer")) {
      Map<?, ?> optimizer = (Map<?, ?>) others.get("optimizer");
      List<Integer> sizes =
          ((List<?>) optimizer.get("param_groups"))
              .stream().map(g -> ((List<?>) ((Map<?, ?>) g).get("params")).size()).toList();
      assertThat(sizes.stream().map(String::valueOf))
          .containsExactlyElementsOf(
              strings(info.get("optimizer").get("param_group_sizes")).toList());
      JsonNode states = info.get("optimizer").path("state");
      for (Iterator<String> numbers = states.fieldNames(); numbers.hasNext(); ) {
        String number = numbers.next();
        Map<?, ?> state =
            (Map<?, ?>) ((Map<?, ?>) optimizer.get("state")).get(Long.valueOf(number));
        JsonNode moments = states.get(number);
        for (Iterator<String> names = moments.fieldNames(); names.hasNext(); ) {
          String name = names.next();
          assertPlain(state.get(name), moments.get(name), number + "." + name);
        }
      }
    }
  }

  private static void assertPlain(Object actual, JsonNode expected, String name) {
    if (actual instanceof Tensor tensor && expected.isObject()) {
      double[] first = numbers(expected.get("first5")).mapToDouble(v -> v).toArray();
      assertThat(Arrays.copyOf(values(tensor), first.length)).as(name).isEqualTo(first);
    } else if (actual instanceof Tensor tensor) {
      assertThat(values(tensor)).as(name).containsExactly(expected.asDouble());
    } else if (actual instanceof List<?> list) {
      assertThat(list).as(name).hasSize(expected.size());
      for (int i = 0; i < list.size(); i++) {
        assertPlain(list.get(i), expected.get(i), name);
      }
    } else if (actual instanceof Number number) {
      assertThat(number.doubleValue()).as(name).isEqualTo(expected.asDouble());
    } else {
      assertThat(String.valueOf(actual)).as(name).isEqualTo(expected.asText());
    }
  }

  /** In logical, row-major order. */
  private static double[] values(Tensor tensor) {
    Tensor doubles = tensor.to(ScalarType.Double).contiguous();
    double[] values = new double[(int) doubles.numel()];
    if (values.length > 0) {
      new DoublePointer(doubles.data_ptr()).get(values);
    }
    return values;
  }

  private static Stream<Double> numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asDouble);
  }
}
