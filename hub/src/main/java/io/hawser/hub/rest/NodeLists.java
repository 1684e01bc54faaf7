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
        if (answer.status() != Status.OK) {
            isMissing(node, "it answers " + answer.status());
            return;
        }
        Map<?, ?> said = answer.body().as(Map.class);
        if (!(said.get(name) instanceof List<?> list)) {
            isMissing(node, "it has no " + name);
            return;
        }
        nodes.add(node);
        total += said.get("total") instanceof Number number ? number.longValue() : list.size();
        hasMore |= said.containsKey("next");
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
        items.sort(Comparator.comparing((Map<String, Object> item) -> String.valueOf(item.get(key)))
                .thenComparing(item -> String.valueOf(item.get("node"))));
        boolean isPaged = name.equals("sessions");
        List<Map<String, Object>> shown =
                isPaged && items.size() > page.limit() ? items.subList(0, page.limit()) : items;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("nodes", nodes.stream().sorted().toList());
        if (!missing.isEmpty()) answer.put("missing", missing);
        answer.put(name, shown);
        if (!isPaged) return answer;
        answer.put("total", total);
        if ((hasMore || shown.size() < items.size()) && !shown.isEmpty())
            answer.put("next", shown.getLast().get(key));
        return answer;
    }
}
