package io.hawser.hub.rest;

import io.hawser.ProtocolError;
import io.hawser.http.Request;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// Which part of a list is asked for: `?after=NAME&limit=N`.
///
/// @param after the last one that is known; empty to begin
/// @param limit at most so many, from 1 to 1,000; default 100
record Page(String after, int limit) {
    private static final int DEFAULT = 100;
    private static final int MOST = 1000;

    static Page of(Request request) {
        return new Page(request.query("after").orElse(""), limit(request));
    }

    /// The number alone.
    static int limit(Request request) {
        String text = request.query("limit").orElse(Integer.toString(DEFAULT));
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) return limit;
        } catch (NumberFormatException none) {
            // As a number out of range.
        }
        throw new ProtocolError(400, "limit " + text + ": from 1 to " + MOST, "docs/PROTOCOL.md, section 9");
    }

    /// The part of `all` that `node` has, under `total` how many there are, and under `next` what to ask for
    /// then, if there is more.
    <T> Map<String, Object> cut(String node, String name, Stream<T> all, Function<T, String> key, Function<T, ?> form) {
        First<T> first = new First<>(this, key);
        all.forEach(first);
        List<T> part = first.inOrder();
        List<T> shown = part.size() > limit ? part.subList(0, limit) : part;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("node", node);
        answer.put(name, shown.stream().map(form).toList());
        answer.put("total", first.total);
        if (part.size() > limit) answer.put("next", key.apply(shown.getLast()));
        return answer;
    }

    /// Few of many are shown, so those that are not among them are never sorted.
    private static final class First<T> implements Consumer<T> {
        private final Page page;
        private final Function<T, String> key;
        private final Comparator<T> order;
        private final PriorityQueue<T> kept;
        private int total;

        First(Page page, Function<T, String> key) {
            this.page = page;
            this.key = key;
            this.order = Comparator.comparing(key);
            this.kept = new PriorityQueue<>(page.limit + 2, order.reversed());
        }

        @Override
        public void accept(T each) {
            total++;
            if (kept.size() > page.limit && order.compare(each, kept.element()) >= 0) return;
            if (key.apply(each).compareTo(page.after) <= 0) return;
            kept.add(each);
            if (kept.size() > page.limit + 1) kept.remove();
        }

        /// One more than the page has, where there is one.
        List<T> inOrder() {
            return kept.stream().sorted(order).toList();
        }
    }
}
