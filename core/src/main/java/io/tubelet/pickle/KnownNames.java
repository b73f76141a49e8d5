package io.tubelet.pickle;

import io.tubelet.tensor.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every Python name that is understood, and what a call of it means. A name that is not here ends
 * the reading; nothing is ever looked up or run.
 */
final class KnownNames {

  /** What a call gives: a plain value computed here. */
  private interface Meaning {
    Object of(Arguments arguments) throws PickleException;
  }

  private static final Map<String, Meaning> CALLS =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", KnownNames::dict),
          Map.entry("collections.Counter", KnownNames::dict),
          Map.entry("collections.defaultdict", arguments -> new LinkedHashMap<>()),
          Map.entry("builtins.dict", KnownNames::dict),
          Map.entry("builtins.list", arguments -> new ArrayList<>(items(arguments))),
          Map.entry("builtins.tuple", arguments -> new Tuple(items(arguments))),
          Map.entry("builtins.set", KnownNames::set),
          Map.entry("builtins.frozenset", KnownNames::set),
          Map.entry("builtins.bytes", KnownNames::bytes),
          Map.entry("builtins.bytearray", KnownNames::bytes),
          Map.entry("_codecs.encode", KnownNames::encode),
          Map.entry("torch.Size", arguments -> new Tuple(items(arguments))),
          Map.entry("torch.device", KnownNames::device),
          Map.entry("torch._utils._rebuild_tensor", KnownNames::tensor),
          Map.entry("torch._utils._rebuild_tensor_v2", KnownNames::tensor),
          Map.entry("torch._utils._rebuild_parameter", KnownNames::parameter),
          Map.entry("torch._utils._rebuild_parameter_with_state", KnownNames::parameter),
          Map.entry("torch._tensor._rebuild_from_type_v2", KnownNames::subclass),
          Map.entry("numpy.dtype", Numpy::type),
          Map.entry("numpy.core.multiarray.scalar", Numpy::scalar),
          Map.entry("numpy._core.multiarray.scalar", Numpy::scalar),
          Map.entry("numpy.core.numeric._frombuffer", Numpy::array),
          Map.entry("numpy._core.numeric._frombuffer", Numpy::array),
          Map.entry("numpy.core.multiarray._reconstruct", arguments -> new Numpy.Array()),
          Map.entry("numpy._core.multiarray._reconstruct", arguments -> new Numpy.Array()));

  /** Types that stand as values, as the factory of a defaultdict does. */
  private static final Set<String> TYPES =
      Set.of(
          "builtins.int",
          "builtins.long",
          "builtins.float",
          "builtins.bool",
          "builtins.str",
          "builtins.object",
          "numpy.ndarray",
          "torch.Tensor",
          "torch.nn.parameter.Parameter",
          "torch.nn.parameter.Buffer");

  private static final Set<String> NUMBER_FORMATS =
      Set.of(
          "float32",
          "float64",
          "float16",
          "bfloat16",
          "int64",
          "int32",
          "int16",
          "int8",
          "uint8",
          "bool");

  /**
   * Where classes live whose objects say how a run was made. They are kept as {@link Opaque}; they
   * hold settings, never weights.
   */
  private static final List<String> SETTINGS =
      List.of(
          "argparse.Namespace",
          "types.SimpleNamespace",
          "pathlib.",
          "yacs.config.CfgNode",
          "fvcore.common.config.CfgNode",
          "slowfast.config.",
          "easydict.EasyDict",
          "torch.optim.",
          "torch.amp.",
          "torch.cuda.amp.",
          "timm.optim.",
          "timm.scheduler.",
          "apex.",
          "deepspeed.");

  private KnownNames() {}

  /** The value a bare name stands for, or a refusal. */
  static Object resolve(String module, String name) throws PickleException {
    boolean python2 = module.equals("__builtin__");
    Global global = new Global(python2 ? "builtins" : module, name);
    String full = global.toString();
    if (module.equals("torch") && NUMBER_FORMATS.contains(name)) {
      return full;
    }
    if (CALLS.containsKey(full)
        || TYPES.contains(full)
        || storage(global).isPresent()
        || isSetting(global)) {
      return global;
    }
    throw new PickleException(
        "names %s, which is not known here and is not run; save the tensors alone to read them"
            .formatted(full));
  }

  /** What calling, or making an object of, {@code callable} gives. */
  static Object call(Global callable, List<Object> values) throws PickleException {
    Meaning meaning = CALLS.get(callable.toString());
    if (meaning != null) {
      return meaning.of(new Arguments(callable.toString(), values));
    }
    if (isSetting(callable)) {
      return new Instance(callable, values);
    }
    throw new PickleException("calls %s, which is refused".formatted(callable));
  }

  /** {@code ('storage', torch.FloatStorage, key, location, elements[, view])}. */
  static StorageReference persistent(Tuple id) throws PickleException {
    Arguments parts = new Arguments("a persistent id", id.items());
    parts.requireCount(5, 6);
    String kind = parts.get(0, String.class);
    if (!kind.equals("storage")) {
      throw new PickleException("a persistent id of kind '%s' is not known".formatted(kind));
    }
    if (parts.count() == 6 && parts.values().get(5) != null) {
      throw new PickleException("a view of a storage, as PyTorch before 0.4 wrote it, is not read");
    }
    Global type = parts.get(1, Global.class);
    ElementType elements =
        storage(type)
            .orElseThrow(() -> new PickleException("%s is not a storage type".formatted(type)));
    return StorageReference.checked(elements, parts.get(2, String.class), parts.get(4, Long.class));
  }

  private static Optional<ElementType> storage(Global global) {
    return global.module().equals("torch") ? StorageClass.named(global.name()) : Optional.empty();
  }

  /** A class, not a function: its last part begins with a capital. */
  private static boolean isSetting(Global global) {
    String full = global.toString();
    String last = full.substring(full.lastIndexOf('.') + 1);
    return !last.isEmpty()
        && Character.isUpperCase(last.charAt(0))
        && SETTINGS.stream().anyMatch(s -> s.endsWith(".") ? full.startsWith(s) : full.equals(s));
  }

  /** Of nothing, of a dict, or of a list of pairs. */
  private static Object dict(Arguments arguments) throws PickleException {
    List<Object> flat = new ArrayList<>();
    if (arguments.count() == 1 && arguments.values().get(0) instanceof Map<?, ?> entries) {
      entries.forEach(
          (key, value) -> {
            flat.add(key);
            flat.add(value);
          });
    } else {
      for (Object pair : items(arguments)) {
        Arguments both = new Arguments("an entry of " + arguments.callable(), sequence(pair));
        both.requireCount(2, 2);
        flat.addAll(both.values());
      }
    }
    return Containers.dict(flat);
  }

  private static Object set(Arguments arguments) throws PickleException {
    return Containers.set(items(arguments));
  }

  /** The one argument's items; none without an argument. */
  private static List<Object> items(Arguments arguments) throws PickleException {
    arguments.requireCount(0, 1);
    return arguments.count() == 0 ? List.of() : sequence(arguments.values().get(0));
  }

  private static List<Object> sequence(@Nullable Object value) throws PickleException {
    if (value instanceof Tuple tuple) {
      return tuple.items();
    } else if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw new PickleException(
        "a list or tuple is due where %s is".formatted(Arguments.kind(value)));
  }

  /** Of nothing, of bytes, or of text as protocol 2 has it. */
  private static Object bytes(Arguments arguments) throws PickleException {
    arguments.requireCount(0, 2);
    if (arguments.count() == 0) {
      return new byte[0];
    }
    return arguments.values().get(0) instanceof byte[] bytes ? bytes : encode(arguments);
  }

  /** How protocol 2 writes bytes: as text of that many letters. */
  private static Object encode(Arguments arguments) throws PickleException {
    arguments.requireCount(1, 2);
    return arguments.get(0, String.class).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Object device(Arguments arguments) throws PickleException {
    arguments.requireCount(1, 2);
    String kind = arguments.get(0, String.class);
    return arguments.count() == 1 ? kind : kind + ":" + arguments.get(1, Long.class);
  }

  /** {@code (storage, offset, size, stride, ...)}: gradients and hooks that follow are dropped. */
  private static Object tensor(Arguments arguments) throws PickleException {
    arguments.requireCount(4, 7);
    return TensorLayout.checked(
        arguments.get(0, StorageReference.class),
        arguments.get(1, Long.class),
        arguments.longs(2),
        arguments.longs(3));
  }

  private static Object parameter(Arguments arguments) throws PickleException {
    arguments.requireCount(3, 4);
    return arguments.get(0, TensorLayout.class);
  }

  /** {@code (rebuild, type, its arguments, state)}: a tensor with Python attributes. */
  private static Object subclass(Arguments arguments) throws PickleException {
    arguments.requireCount(4, 4);
    Global rebuild = arguments.get(0, Global.class);
    if (!rebuild.module().equals("torch._utils")) {
      throw new PickleException("rebuilds a tensor by %s, which is refused".formatted(rebuild));
    }
    return call(rebuild, arguments.get(2, Tuple.class).items());
  }
}
