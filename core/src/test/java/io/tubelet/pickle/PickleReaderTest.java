package io.tubelet.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {

  private static void assertRefused(byte[] pickle, String... parts) {
    assertThatThrownBy(() -> PickleBuilder.read(pickle))
        .isInstanceOf(PickleException.class)
        .message()
        .contains(parts);
  }

  @Test
  void read_plainValues_becomeTheirJavaKind() throws IOException {
    byte[] pickle =
        new PickleBuilder()
            .op(Opcode.EMPTY_DICT, Opcode.MARK)
            .text("none")
            .op(Opcode.NONE)
            .text("yes")
            .op(Opcode.NEWTRUE)
            .text("small")
            .op(Opcode.BININT1, 200)
            .text("short")
            .op(Opcode.BININT2, 0xff, 0xff)
            .text("negative")
            .op(Opcode.BININT)
            .i4(-5)
            .text("long")
            .integer(1L << 40)
            .text("huge")
            .op(Opcode.LONG1, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
            .text("half")
            .op(Opcode.BINFLOAT, 0x3f, 0xe0, 0, 0, 0, 0, 0, 0)
            .text("list")
            .op(Opcode.EMPTY_LIST, Opcode.MARK, Opcode.BININT1, 1, Opcode.NONE, Opcode.APPENDS)
            .text("tuple")
            .op(Opcode.BININT1, 1, Opcode.BININT1, 2, Opcode.TUPLE2)
            .op(Opcode.SETITEMS)
            .stop();
    assertThat((Map<?, ?>) PickleBuilder.read(pickle))
        .hasToString(
            "{none=null, yes=true, small=200, short=65535, negative=-5, long=1099511627776, huge="
                + BigInteger.ONE.shiftLeft(72)
                + ", half=0.5, list=[1, null], tuple=[1, 2]}");
  }

  @Test
  void read_protocol4_framesMemoAndNamesFromTheStackAreUnderstood() throws IOException {
    byte[] pickle =
        new PickleBuilder()
            .op(Opcode.PROTO, 4, Opcode.FRAME)
            .i8(20)
            .op(Opcode.SHORT_BINUNICODE, 11)
            .bytes("collections".getBytes(StandardCharsets.UTF_8))
            .op(Opcode.MEMOIZE, Opcode.SHORT_BINUNICODE, 11)
            .bytes("OrderedDict".getBytes(StandardCharsets.UTF_8))
            .op(Opcode.MEMOIZE, Opcode.STACK_GLOBAL, Opcode.EMPTY_TUPLE, Opcode.REDUCE)
            .op(Opcode.BINGET, 1, Opcode.EMPTY_SET, Opcode.MARK, Opcode.BINGET, 0)
            .op(Opcode.ADDITEMS, Opcode.SETITEM)
            .stop();
    assertThat(PickleBuilder.read(pickle)).isEqualTo(Map.of("OrderedDict", Set.of("collections")));
  }

  @Test
  void read_namespace_isKeptAsWhatTheFileSays() throws IOException {
    byte[] pickle =
        new PickleBuilder()
            .global("argparse", "Namespace")
            .op(Opcode.EMPTY_TUPLE, Opcode.NEWOBJ, Opcode.EMPTY_DICT)
            .text("lr")
            .op(Opcode.BININT1, 3, Opcode.SETITEM, Opcode.BUILD)
            .stop();
    assertThat(PickleBuilder.read(pickle))
        .isEqualTo(new Opaque("argparse.Namespace", List.of(), Map.of("lr", 3L)));
  }

  @Test
  void read_numpyScalar_isANumber() throws IOException {
    byte[] pickle =
        new PickleBuilder()
            .global("numpy.core.multiarray", "scalar")
            .global("numpy", "dtype")
            .text("f8")
            .op(Opcode.NEWFALSE, Opcode.NEWTRUE, Opcode.TUPLE3, Opcode.REDUCE)
            .op(Opcode.MARK, Opcode.BININT1, 3)
            .text("<")
            .op(Opcode.NONE, Opcode.NONE, Opcode.NONE, Opcode.TUPLE, Opcode.BUILD)
            .global("_codecs", "encode")
            .text("\0\0\0\0\0\0\u00f8?")
            .text("latin1")
            .op(Opcode.TUPLE2, Opcode.REDUCE, Opcode.TUPLE2, Opcode.REDUCE)
            .stop();
    assertThat(PickleBuilder.read(pickle)).isEqualTo(1.5);
  }

  @ParameterizedTest
  @CsvSource({
    "os, system",
    "posix, system",
    "builtins, eval",
    "__builtin__, exec",
    "builtins, getattr",
    "subprocess, Popen",
    "torch.storage, _load_from_bytes",
    "torch.jit, load",
    "deepspeed.runtime, run_anything",
    "my.model, Net"
  })
  void read_unknownName_isRefusedByName(String module, String name) {
    byte[] call =
        new PickleBuilder()
            .global(module, name)
            .text("echo hello")
            .op(Opcode.TUPLE1, Opcode.REDUCE)
            .stop();
    String shown = module.equals("__builtin__") ? "builtins" : module;
    assertRefused(call, shown + "." + name);
  }

  @Test
  void read_callOfAType_isRefusedByName() {
    byte[] pickle =
        new PickleBuilder().global("builtins", "int").op(Opcode.EMPTY_TUPLE, Opcode.REDUCE).stop();
    assertRefused(pickle, "calls builtins.int");
  }

  @Test
  void read_stateForATensor_isRefused() {
    byte[] pickle =
        new PickleBuilder()
            .tensor("0", 4, 0, new long[] {4}, new long[] {1})
            .op(Opcode.EMPTY_DICT, Opcode.BUILD)
            .stop();
    assertRefused(pickle, "gives state to a TensorLayout");
  }

  @Test
  void read_listWithinItself_isRefused() {
    byte[] pickle =
        new PickleBuilder()
            .op(Opcode.EMPTY_LIST, Opcode.BINPUT, 0, Opcode.BINGET, 0, Opcode.APPEND)
            .stop();
    assertRefused(pickle, "a list contains itself");
  }

  @Test
  void read_dictWithinItsNamespace_isRefused() {
    byte[] pickle =
        new PickleBuilder()
            .global("argparse", "Namespace")
            .op(Opcode.EMPTY_TUPLE, Opcode.NEWOBJ, Opcode.BINPUT, 0, Opcode.EMPTY_DICT)
            .text("me")
            .op(Opcode.BINGET, 0, Opcode.SETITEM, Opcode.BUILD)
            .stop();
    assertRefused(pickle, "contains itself");
  }

  @Test
  void read_deepNesting_isRefusedWithTheBound() {
    PickleBuilder builder = new PickleBuilder().op(Opcode.NONE);
    for (int i = 0; i < 100_000; i++) {
      builder.op(Opcode.TUPLE1);
    }
    assertRefused(builder.stop(), "nested deeper than 100");
  }

  @Test
  void read_fewBytesThatUnfoldToBillions_areRefused() {
    PickleBuilder builder = new PickleBuilder().op(Opcode.EMPTY_LIST);
    for (int i = 0; i < 40; i++) {
      builder.op(Opcode.DUP, Opcode.TUPLE2);
    }
    assertRefused(builder.stop(), "unfolds to more than");
  }

  @Test
  void read_manyValues_areRefused() {
    PickleBuilder builder = new PickleBuilder();
    for (int i = 0; i < 1_000_001; i++) {
      builder.op(Opcode.EMPTY_DICT);
    }
    assertRefused(builder.stop(), "more than 1000000 values");
  }

  @Test
  void read_oneListCopiedOverAndOver_isRefused() {
    PickleBuilder builder = new PickleBuilder().op(Opcode.MARK);
    for (int i = 0; i < 100_000; i++) {
      builder.op(Opcode.NONE);
    }
    builder.op(Opcode.LIST, Opcode.BINPUT, 0);
    for (int i = 0; i < 1000; i++) {
      builder.global("builtins", "list").op(Opcode.BINGET, 0, Opcode.TUPLE1, Opcode.REDUCE);
    }
    assertRefused(builder.stop(), "more than 1000000 values");
  }

  @Test
  void read_keyTwice_isRefusedByName() {
    byte[] pickle =
        new PickleBuilder()
            .op(Opcode.EMPTY_DICT, Opcode.MARK)
            .text("blocks.0.norm1.weight")
            .op(Opcode.NONE)
            .text("blocks.0.norm1.weight")
            .op(Opcode.NONE, Opcode.SETITEMS)
            .stop();
    assertRefused(pickle, "'blocks.0.norm1.weight' comes twice");
  }

  @Test
  void read_containerAsKey_isRefused() {
    byte[] pickle =
        new PickleBuilder()
            .op(Opcode.EMPTY_DICT, Opcode.EMPTY_TUPLE, Opcode.NONE, Opcode.SETITEM)
            .stop();
    assertRefused(pickle, "a tuple as a key");
  }

  @Test
  void read_stringLongerThanTheFile_isRefusedBeforeItIsAllocated() {
    assertRefused(new PickleBuilder().op(Opcode.BINUNICODE).i4(30_000_000).stop(), "30000000");
    assertRefused(new PickleBuilder().op(Opcode.BINUNICODE8).i8(1L << 40).stop(), "1099511627776");
    assertRefused(
        new PickleBuilder().op(Opcode.BINBYTES8).i8(-1).stop(), "18446744073709551615 bytes");
    assertRefused(new PickleBuilder().op(Opcode.LONG4).i4(1 << 30).stop(), "integer of 1073741824");
  }

  @Test
  void read_negativeOrHugeTensor_isRefused() {
    assertTensorRefused("negative", 0, new long[] {-4}, new long[] {1});
    assertTensorRefused("negative", 0, new long[] {2}, new long[] {-1});
    assertTensorRefused("leaves storage '0' of 4", 0, new long[] {5}, new long[] {1});
    assertTensorRefused("leaves storage '0' of 4", 3, new long[] {2}, new long[] {1});
    assertTensorRefused("leaves storage '0' of 4", -1, new long[] {2}, new long[] {1});
    assertTensorRefused("leaves storage '0' of 4", 5, new long[] {0}, new long[] {1});
    assertTensorRefused("leaves storage '0' of 4", 0, new long[] {2, 2}, new long[] {3, 1});
    assertTensorRefused("larger than any", 0, new long[] {Long.MAX_VALUE, 3}, new long[] {0, 0});
    assertTensorRefused("larger than any", 0, new long[] {3}, new long[] {Long.MAX_VALUE});
    assertTensorRefused("larger than any", Long.MAX_VALUE, new long[] {2}, new long[] {1});
    assertTensorRefused("repeated tensors", 0, new long[] {1L << 40}, new long[] {0});
    assertTensorRefused("2 sizes has 1 strides", 0, new long[] {2, 2}, new long[] {1});
    assertTensorRefused("33 sizes", 0, new long[33], new long[33]);
  }

  private static void assertTensorRefused(String why, long offset, long[] sizes, long[] strides) {
    assertRefused(new PickleBuilder().tensor("0", 4, offset, sizes, strides).stop(), why);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 62})
  void read_storageOfImpossibleSize_isRefused(long elements) {
    byte[] pickle =
        new PickleBuilder().tensor("0", elements, 0, new long[] {1}, new long[] {1}).stop();
    assertRefused(pickle, "storage '0' claims to have " + elements);
  }

  @Test
  void read_storageOfTwoMinds_isRefused() {
    byte[] pickle =
        new PickleBuilder()
            .tensor("7", 4, 0, new long[] {4}, new long[] {1})
            .tensor("7", 5, 0, new long[] {5}, new long[] {1})
            .op(Opcode.TUPLE2)
            .stop();
    assertRefused(pickle, "storage '7' is 4 of F32 in one place, 5");
  }

  @Test
  void read_unknownOrIllPlacedInstruction_isRefused() {
    assertRefused(new PickleBuilder().op('i').stop(), "instruction 0x69");
    assertRefused(new PickleBuilder().op(Opcode.PROTO, 9).stop(), "protocol 9");
    assertRefused(new PickleBuilder().op(Opcode.APPEND).stop(), "fewer than 1");
    assertRefused(new PickleBuilder().op(Opcode.MARK, Opcode.TUPLE1).stop(), "fewer than 1");
    assertRefused(new PickleBuilder().op(Opcode.TUPLE).stop(), "no mark");
    assertRefused(new PickleBuilder().op(Opcode.BINGET, 3).stop(), "slot 3");
    assertRefused(new PickleBuilder().op(Opcode.NONE, Opcode.NONE).stop(), "1 values unused");
    assertRefused(new byte[] {(byte) Opcode.PROTO, 2}, "ends in the middle");
    assertRefused(new byte[0], "ends in the middle");
  }
}
