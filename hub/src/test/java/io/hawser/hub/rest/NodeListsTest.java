package io.hawser.hub.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Problem;
import io.hawser.http.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NodeListsTest {
    private static final String SESSIONS = "/api/v1/sessions";

    private record Item(String sid, boolean connected) {}

    private static Item session(String sid, boolean isConnected) {
        return new Item(sid, isConnected);
    }

    private static Response sessions(int total, Item... sessions) {
        return Response.json(Map.of("sessions", List.of(sessions), "total", total));
    }

    private static List<String> sids(Map<String, Object> answer) {
        List<String> all = new ArrayList<>();
        for (Object each : (List<?>) answer.getOrDefault("sessions", List.of())) {
            Map<?, ?> item = (Map<?, ?>) each;
            all.add(item.get("sid") + " of " + item.get("node"));
        }
        return all;
    }

    @Test
    void aPageIsTheFirstOfAllNodesTogether() {
        NodeLists lists = new NodeLists(SESSIONS, new Page("", 3));
        lists.add("b", sessions(2, session("b", true), session("e", true)));
        lists.add("a", sessions(9, session("a", true), session("c", true), session("d", true)));
        Map<String, Object> page = lists.together();
        assertThat(sids(page)).containsExactly("a of a", "b of b", "c of a");
        assertThat(page)
                .containsEntry("total", 11L)
                .containsEntry("next", "c")
                .containsEntry("nodes", List.of("a", "b"));
        assertThat(page).doesNotContainKey("missing");
    }

    @Test
    void theLastPageHasNoNext() {
        NodeLists lists = new NodeLists(SESSIONS, new Page("", 3));
        lists.add("a", sessions(2, session("a", true), session("c", true)));
        lists.add("b", sessions(1, session("b", true)));
        assertThat(lists.together()).doesNotContainKey("next");
    }

    /// It is on its way from one to the other.
    @Test
    void aSessionThatTwoNodesSayThatTheyHaveIsShownWhereItsClientIs() {
        NodeLists lists = new NodeLists(SESSIONS, new Page("", 3));
        lists.add("a", sessions(1, session("x", false)));
        lists.add("b", sessions(1, session("x", true)));
        lists.add("c", sessions(1, session("x", false)));
        Map<String, Object> page = lists.together();
        assertThat(sids(page)).containsExactly("x of b");
        assertThat(page).containsEntry("total", 1L);
    }

    @Test
    void aPageIsFullThoughSomeAreOnTwoNodes() {
        NodeLists lists = new NodeLists(SESSIONS, new Page("", 2));
        lists.add("a", sessions(3, session("x", true), session("y", true)));
        lists.add("b", sessions(3, session("x", false), session("z", true)));
        Map<String, Object> page = lists.together();
        assertThat(sids(page)).containsExactly("x of a", "y of a");
        assertThat(page).containsEntry("total", 5L).containsEntry("next", "y");
    }

    @Test
    void whoDoesNotAnswerIsNamedAndWhy() {
        NodeLists lists = new NodeLists(SESSIONS, new Page("", 3));
        lists.add("a", sessions(1, session("a", true)));
        lists.add("b", Problem.of(413, "too much").response());
        lists.isMissing("c", "an answer of node c");
        lists.add("d", Problem.of(503).response());
        assertThat(lists.together())
                .containsEntry("nodes", List.of("a"))
                .containsEntry(
                        "missing", Map.of("b", "too much", "c", "an answer of node c", "d", "Service Unavailable"))
                .containsEntry("total", 1L);
    }

    @Test
    void alertsAreInOrderOfTheirNamesAndNeverCut() {
        NodeLists lists = new NodeLists("/api/v1/alerts", new Page("", 1));
        for (String node : List.of("b", "a")) {
            lists.add(node, Response.json(Map.of("alerts", List.of(Map.of("name", "y"), Map.of("name", "x")))));
        }
        Map<String, Object> all = lists.together();
        assertThat((List<?>) all.getOrDefault("alerts", List.of()))
                .extracting(Object::toString)
                .containsExactly("{node=a, name=x}", "{node=b, name=x}", "{node=a, name=y}", "{node=b, name=y}");
        assertThat(all).doesNotContainKeys("total", "next");
    }

    @Test
    void onlySomeListsCanBeBroughtTogether() {
        assertThat(NodeLists.isOne(SESSIONS)).isTrue();
        assertThat(NodeLists.isOne("/api/v1/upstreams")).isTrue();
        for (String other : List.of("/api/v1/topics", "/api/v1/sessions/x", "/metrics", "/api/v1/")) {
            assertThat(NodeLists.isOne(other)).as(other).isFalse();
        }
    }
}
