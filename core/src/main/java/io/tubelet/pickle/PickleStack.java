package io.tubelet.pickle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The unpickling machine's working memory: a stack with marks, a memo, and a budget for both. */
final class PickleStack {
  private static final Object MARK = new Object();

  /** Letters or bytes that cost as much as one value. */
  private static final int TEXT_PER_ITEM = 64;

  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final int budget;
  private long spent;

  PickleStack(int budget) {
    this.budget = budget;
  }

  int size() {
    return stack.size();
  }

  void push(@Nullable Object value) throws PickleException {
    charge(1);
    stack.add(value);
  }

  void mark() throws PickleException {
    push(MARK);
  }

  /** Takes the top value; null is Python's None. */
  Object pop() throws PickleException {
    Object value = peek();
    stack.remove(stack.size() - 1);
    return value;
  }

  /** Takes the top value, which must be of this Java type. */
  <T> T pop(Class<T> type, String role) throws PickleException {
    return new Arguments(role, Collections.singletonList(pop())).get(0, type);
  }

  /** The top value, left in place. */
  Object peek() throws PickleException {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw new PickleException("an instruction finds no value to work on");
    }
    return stack.get(stack.size() - 1);
  }

  /** Takes the top {@code count} values, oldest first. */
  List<Object> pop(int count) throws PickleException {
    int from = stack.size() - count;
    for (int i = stack.size() - 1; i >= Math.max(0, from); i--) {
      if (stack.get(i) == MARK) {
        from = -1;
      }
    }
    if (from < 0) {
      throw new PickleException("an instruction finds fewer than %d values".formatted(count));
    }
    return cut(from, from);
  }

  /** Takes all values above the last mark, and the mark. */
  List<Object> popToMark() throws PickleException {
    int mark = stack.size() - 1;
    while (mark >= 0 && stack.get(mark) != MARK) {
      mark--;
    }
    if (mark < 0) {
      throw new PickleException("an instruction finds no mark");
    }
    return cut(mark + 1, mark);
  }

  private List<Object> cut(int from, int keep) {
    List<Object> taken = new ArrayList<>(stack.subList(from, stack.size()));
    stack.subList(keep, stack.size()).clear();
    return taken;
  }

  void remember(long slot) throws PickleException {
    charge(1);
    memo.put(slot, peek());
  }

  /** Numbers slots in order, as protocol 4 does. */
  void remember() throws PickleException {
    remember(memo.size());
  }

  void recall(long slot) throws PickleException {
    if (!memo.containsKey(slot)) {
      throw new PickleException("slot %d of the memo is empty".formatted(slot));
    }
    push(memo.get(slot));
  }

  /** Counts work in proportion to what an argument holds, as copying it is. */
  void chargeFor(Object argument) throws PickleException {
    if (argument instanceof Tuple tuple) {
      charge(tuple.items().size());
    } else if (argument instanceof Collection<?> items) {
      charge(items.size());
    } else if (argument instanceof Map<?, ?> entries) {
      charge(entries.size());
    } else if (argument instanceof String text) {
      charge(text.length() / TEXT_PER_ITEM);
    }
  }

  private void charge(long items) throws PickleException {
    spent += items;
    if (spent > budget) {
      throw new PickleException("makes more than %d values; no checkpoint does".formatted(budget));
    }
  }
}
