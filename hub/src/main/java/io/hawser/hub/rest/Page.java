package io.hawser.hub.rest;

import io.hawser.ProtocolError;
import io.hawser.http.Request;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
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

    /// The part of `all`, under `total` how many there are, and under `next` what to ask for then, if there is
    /// more.
    <T> Map<String, Object> cut(String name, Stream<T> all, Function<T, String> key, Function<T, ?> form) {
        Comparator<T> order = Comparator.comparing(key);
        // Few of many are shown, so those that are not among them are never sorted.
        PriorityQueue<T> first = new PriorityQueue<>(limit + 2, order.reversed());
        int total = 0;
        for (T each : (Iterable<T>) all::iterator) {
            total++;
            if (key.apply(each).compareTo(after) <= 0) continue;
            if (first.size() > limit && order.compare(each, first.element()) >= 0) continue;
            first.add(each);
            if (first.size() > limit + 1) first.remove();
        }
        List<T> part = first.stream().sorted(order).toList();
        List<T> shown = part.size() > limit ? part.subList(0, limit) : part;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(name, shown.stream().map(form).toList());
        answer.put("total", total);
        if (part.size() > limit) answer.put("next", key.apply(shown.getLast()));
        return answer;
    }
}
