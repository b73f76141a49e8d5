package io.tubelet.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Python's unpickling machine with nothing to call: a stack, a memo, and inert values.
 *
 * <p>Dicts become maps in their order, integers Long or BigInteger, floats Double, None null. A
 * name is looked up in {@link KnownNames} and nowhere else. The result may share parts and is not
 * yet known to be free of loops: {@link PlainTree} sees to that.
 */
final class PickleReader {
  private final PickleBytes bytes;
  private final PickleStack stack;
  private final Map<String, StorageReference> storages = new LinkedHashMap<>();

  private PickleReader(PickleBytes bytes, PickleLimits limits) {
    this.bytes = bytes;
    this.stack = new PickleStack(limits.items());
  }

  /**
   * Reads one pickle and leaves the stream behind it.
   *
   * @param length bytes that may belong to it
   * @param source what the messages call it
   */
  static Pickle read(InputStream in, long length, String source, PickleLimits limits)
      throws IOException {
    PickleBytes bytes = new PickleBytes(in, length, limits);
    try {
      PickleReader reader = new PickleReader(bytes, limits);
      Object value = reader.run();
      return new Pickle(value, reader.storages, bytes.position());
    } catch (PickleException e) {
      throw e.in("%s, byte %d".formatted(source, bytes.position()));
    }
  }

  private Object run() throws IOException {
    for (int opcode = bytes.u1(); opcode != Opcode.STOP; opcode = bytes.u1()) {
      step(opcode);
    }
    Object result = stack.pop();
    if (stack.size() != 0) {
      throw new PickleException("the pickle ends with %d values unused".formatted(stack.size()));
    }
    return result;
  }

  private void step(int opcode) throws IOException {
    switch (opcode) {
      case Opcode.PROTO -> protocol(bytes.u1());
      case Opcode.FRAME -> bytes.frame(bytes.i8());

      case Opcode.NONE -> stack.push(null);
      case Opcode.NEWTRUE -> stack.push(true);
      case Opcode.NEWFALSE -> stack.push(false);
      case Opcode.BININT -> stack.push((long) bytes.i4());
      case Opcode.BININT1 -> stack.push((long) bytes.u1());
      case Opcode.BININT2 -> stack.push((long) bytes.u2());
      case Opcode.LONG1 -> stack.push(bytes.integer(bytes.u1()));
      case Opcode.LONG4 -> stack.push(bytes.integer(bytes.i4()));
      case Opcode.BINFLOAT -> stack.push(bytes.f8());
      case Opcode.BINSTRING -> stack.push(bytes.text(bytes.i4()));
      case Opcode.SHORT_BINSTRING, Opcode.SHORT_BINUNICODE -> stack.push(bytes.text(bytes.u1()));
      case Opcode.BINUNICODE -> stack.push(bytes.text(bytes.u4()));
      case Opcode.BINUNICODE8 -> stack.push(bytes.text(bytes.i8()));
      case Opcode.BINBYTES -> stack.push(bytes.bytes(bytes.u4()));
      case Opcode.SHORT_BINBYTES -> stack.push(bytes.bytes(bytes.u1()));
      case Opcode.BINBYTES8, Opcode.BYTEARRAY8 -> stack.push(bytes.bytes(bytes.i8()));

      case Opcode.MARK -> stack.mark();
      case Opcode.POP -> stack.pop();
      case Opcode.POP_MARK -> stack.popToMark();
      case Opcode.DUP -> stack.push(stack.peek());
      case Opcode.BINPUT -> stack.remember(bytes.u1());
      case Opcode.LONG_BINPUT -> stack.remember(bytes.u4());
      case Opcode.MEMOIZE -> stack.remember();
      case Opcode.BINGET -> stack.recall(bytes.u1());
      case Opcode.LONG_BINGET -> stack.recall(bytes.u4());

      case Opcode.EMPTY_TUPLE -> stack.push(new Tuple(List.of()));
      case Opcode.TUPLE1 -> stack.push(new Tuple(stack.pop(1)));
      case Opcode.TUPLE2 -> stack.push(new Tuple(stack.pop(2)));
      case Opcode.TUPLE3 -> stack.push(new Tuple(stack.pop(3)));
      case Opcode.TUPLE -> stack.push(new Tuple(stack.popToMark()));
      case Opcode.EMPTY_LIST -> stack.push(new ArrayList<>());
      case Opcode.LIST -> stack.push(stack.popToMark());
      case Opcode.EMPTY_SET -> stack.push(new LinkedHashSet<>());
      case Opcode.FROZENSET -> stack.push(Containers.set(stack.popToMark()));
      case Opcode.EMPTY_DICT -> stack.push(new LinkedHashMap<>());
      case Opcode.DICT -> stack.push(Containers.dict(stack.popToMark()));

      case Opcode.APPEND -> fill(Containers::append, stack.pop(1));
      case Opcode.APPENDS -> fill(Containers::append, stack.popToMark());
      case Opcode.SETITEM -> fill(Containers::put, stack.pop(2));
      case Opcode.SETITEMS -> fill(Containers::put, stack.popToMark());
      case Opcode.ADDITEMS -> fill(Containers::add, stack.popToMark());

      case Opcode.GLOBAL -> stack.push(KnownNames.resolve(bytes.line(), bytes.line()));
      case Opcode.STACK_GLOBAL -> stackGlobal();
      case Opcode.BINPERSID ->
          stack.push(storage(KnownNames.persistent(stack.pop(Tuple.class, "BINPERSID"))));
      case Opcode.REDUCE, Opcode.NEWOBJ -> call();
      case Opcode.NEWOBJ_EX -> callWithKeywords();
      case Opcode.BUILD -> build(stack.pop());

      default ->
          throw new PickleException("instruction 0x%02x is not one that is read".formatted(opcode));
    }
  }

  private static void protocol(int version) throws PickleException {
    if (version < 2 || version > 5) {
      throw new PickleException("pickle protocol %d; 2 to 5 are read".formatted(version));
    }
  }

  private interface Filling {
    void fill(@Nullable Object target, List<Object> items) throws PickleException;
  }

  /** Puts items, already off the stack, into the container that is now on top of it. */
  private void fill(Filling filling, List<Object> items) throws PickleException {
    filling.fill(stack.peek(), items);
  }

  /** Every mention of a storage must agree on what it is. */
  private StorageReference storage(StorageReference reference) throws PickleException {
    StorageReference known = storages.putIfAbsent(reference.key(), reference);
    if (known != null && !known.equals(reference)) {
      throw new PickleException(
          "storage '%s' is %d of %s in one place, %d of %s in another"
              .formatted(
                  reference.key(),
                  known.elements(),
                  known.type(),
                  reference.elements(),
                  reference.type()));
    }
    return reference;
  }

  private void stackGlobal() throws PickleException {
    String name = stack.pop(String.class, "STACK_GLOBAL");
    String module = stack.pop(String.class, "STACK_GLOBAL");
    stack.push(KnownNames.resolve(module, name));
  }

  private void call() throws PickleException {
    List<Object> arguments = stack.pop(Tuple.class, "a call").items();
    for (Object argument : arguments) {
      stack.chargeFor(argument);
    }
    stack.push(KnownNames.call(stack.pop(Global.class, "a call"), arguments));
  }

  private void callWithKeywords() throws PickleException {
    Map<?, ?> keywords = stack.pop(Map.class, "a call");
    if (!keywords.isEmpty()) {
      throw new PickleException("calls with keywords are refused");
    }
    call();
  }

  /** Gives state to the object below, which only a few kinds take. */
  private void build(Object state) throws PickleException {
    Object target = stack.peek();
    if (target instanceof Instance object) {
      object.build(state);
    } else if (target instanceof Numpy.Type type && state instanceof Tuple parts) {
      type.build(parts);
    } else if (target instanceof Numpy.Array array && state instanceof Tuple parts) {
      array.build(parts);
    } else if (!(target instanceof Map<?, ?>)) {
      // Attributes of a dict, as PyTorch's _metadata, say nothing of its entries.
      throw new PickleException("gives state to %s".formatted(Arguments.kind(target)));
    }
  }
}
