package io.hawser.hub.rest;

import io.hawser.http.Response;
import io.hawser.http.Status;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The lists of several nodes as one: each item says of which `node` it is, and `missing` which nodes said nothing,
/// and why.
///
/// Thread: one.
final class NodeLists {
    private static final String PREFIX = "/api/v1/";
    /// By what each list is in order.
    private static final Map<String, String> KEYS = Map.of("sessions", "sid", "alerts", "name", "upstreams", "name");

    private final String name;
    private final String key;
    private final Page page;
    private final List<String> nodes = new ArrayList<>();
    private final List<Map<String, Object>> items = new ArrayList<>();
    private final Map<String, String> missing = new TreeMap<>();
    private long total;
    private boolean hasMore;

    NodeLists(String path, Page page) {
        this.name = path.substring(PREFIX.length());
        this.key = KEYS.getOrDefault(name, "");
        this.page = page;
    }

    /// Whether the lists at `path` can be brought together.
    static boolean isOne(String path) {
        return path.startsWith(PREFIX) && KEYS.containsKey(path.substring(PREFIX.length()));
    }

    /// Adds what `node` has answered.
    void add(String node, Response answer) {
        Map<?, ?> said = answer.body().as(Map.class);
        if (answer.status() != Status.OK) {
            Object why = said.get("detail");
            isMissing(node, String.valueOf(why == null ? said.get("title") : why));
            return;
        }
        nodes.add(node);
        hasMore |= said.containsKey("next");
        List<?> list = said.get(name) instanceof List<?> some ? some : List.of();
        total += said.get("total") instanceof Number number ? number.longValue() : list.size();
        for (Object each : list) {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("node", node);
            ((Map<?, ?>) each).forEach((field, value) -> item.put((String) field, value));
            items.add(item);
        }
    }

    void isMissing(String node, String why) {
        missing.put(node, why);
    }

    /// As one node answers, but for `nodes`, which are those that have answered.
    Map<String, Object> together() {
        items.sort(Comparator.comparing((Map<String, Object> item) -> text(item, key))
                .thenComparing(item -> text(item, "node")));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("nodes", nodes.stream().sorted().toList());
        if (!missing.isEmpty()) answer.put("missing", missing);
        if (name.equals("sessions")) putPage(answer);
        else answer.put(name, items);
        return answer;
    }

    private void putPage(Map<String, Object> answer) {
        List<Map<String, Object>> all = eachOnce();
        List<Map<String, Object>> shown = all.size() > page.limit() ? all.subList(0, page.limit()) : all;
        answer.put(name, shown);
        answer.put("total", total - (items.size() - all.size()));
        if ((hasMore || shown.size() < all.size()) && !shown.isEmpty()) answer.put("next", text(shown.getLast(), key));
    }

    /// One that is on its way from one node to another may be said to be on both.
    private List<Map<String, Object>> eachOnce() {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (Map<String, Object> item : items) {
            all.merge(text(item, key), item, (one, other) -> Boolean.TRUE.equals(one.get("connected")) ? one : other);
        }
        return List.copyOf(all.values());
    }

    private static String text(Map<String, Object> item, String field) {
        return String.valueOf(item.get(field));
    }
}
