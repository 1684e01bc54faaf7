package io.hawser.hub.rest;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.History;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.hub.dashboard.TopicCounts;
import io.hawser.hub.rest.IdempotencyKeys.Known;
import io.hawser.hub.v1.Sender;
import io.hawser.hub.v1.TopicJson;
import io.hawser.internal.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/// `/api/v1/topics`: what topics there are, what is in them, and publishing to them.
///
/// Thread: it waits for the backplane.
record TopicRoutes(Backplane backplane, TopicCounts counts, IdempotencyKeys keys, Bodies bodies) {
    private static final int TOPICS_AT_ONCE = 100_000;
    private static final int MOST_LOOKED_AT = 1000;
    private static final String OWN = "$";
    private static final Headers JSON = Headers.of("Content-Type", "application/json");
    /// Administrators are one publisher, so that one `Idempotency-Key` is one message.
    private static final String PRINCIPAL = "admin";

    private static final Sender SENDER = new Sender("", "");

    Response list(Request request) {
        Page page = Page.of(request);
        String filter = request.query("filter").orElse("");
        Set<String> counted = counts.names();
        Stream<String> remembered = remembered().map(Topic::name).filter(name -> !counted.contains(name));
        Stream<String> shown = Stream.concat(counted.stream(), remembered)
                .filter(name -> name.contains(filter) && !name.startsWith(OWN));
        return Response.json(page.cut(backplane.nodes().name(), "topics", shown, name -> name, this::view));
    }

    /// All of them, however many, a part at a time.
    private Stream<Topic> remembered() {
        return Stream.iterate(
                        backplane.topics("", TOPICS_AT_ONCE),
                        part -> !part.isEmpty(),
                        part -> part.size() < TOPICS_AT_ONCE
                                ? List.of()
                                : backplane.topics(part.getLast().name(), TOPICS_AT_ONCE))
                .flatMap(List::stream);
    }

    private Map<String, Object> view(String name) {
        Topic topic = Topic.of(name);
        return Map.of(
                "topic",
                name,
                "class",
                backplane.rules().of(topic).isLog() ? "log" : "live",
                "messages",
                counts.of(name),
                "sessions",
                backplane.presence().count(topic));
    }

    Response publish(Request request) {
        Topic topic = Topic.of(request.pathParameter("topic"));
        if (topic.isReserved()) {
            return Problem.of(Status.FORBIDDEN, "topic " + topic + " is the hub's own")
                    .response();
        }
        Bytes body = bodies.bytes(request);
        String key = request.header("Idempotency-Key").orElse("");
        Publication publication = bodies.limit()
                .check(Publication.of(topic, bodies.payload(request, body).signed(SENDER))
                        .withMid(PRINCIPAL, key));
        Known known = key.isEmpty() ? Known.NOTHING : keys.add(topic.name(), key, body);
        if (known == Known.OTHER_BODY) return otherBody();
        Published published = backplane.publish(publication).join();
        // Then the first came to another node, which alone knows what it was; the history has it, too.
        if (published.isDuplicate() && known == Known.NOTHING && differs(publication, published.position())) {
            keys.forget(topic.name(), key);
            return otherBody();
        }
        return Response.json(answer(topic, published));
    }

    private static Response otherBody() {
        return Problem.of(Status.UNPROCESSABLE_CONTENT, "this Idempotency-Key came with another body")
                .response();
    }

    /// Whether the message at a position is another one, as far as the history has it.
    private boolean differs(Publication publication, Position at) {
        if (at.isNone()) return false;
        try {
            return backplane.history(publication.topic(), Optional.empty(), MOST_LOOKED_AT).join().messages().stream()
                    .filter(message -> message.position().equals(at))
                    .anyMatch(message -> !message.payload().equals(publication.payload()));
        } catch (CompletionException notNow) {
            return false;
        }
    }

    private static Map<String, Object> answer(Topic topic, Published published) {
        Map<String, Object> answer = new LinkedHashMap<>();
        Position at = published.position();
        answer.put("topic", topic.name());
        if (!at.isNone()) {
            answer.put("e", at.epoch());
            answer.put("o", at.offset());
            answer.put("g", at.tag());
        }
        if (published.isDuplicate()) answer.put("dup", true);
        if (published.isLocal()) answer.put("local", true);
        return answer;
    }

    Response history(Request request) {
        Topic topic = Topic.of(request.pathParameter("topic"));
        Optional<Position> after = request.query("after").map(Position::parse);
        History history = backplane.history(topic, after, Page.limit(request)).join();
        JsonWriter out = JsonWriter.create();
        boolean hasMore = history.hole().isEmpty() && after.isPresent() && !history.reachesHead();
        out.map(6 + (history.hole().isPresent() ? 1 : 0) + (hasMore ? 1 : 0));
        out.text("topic").text(topic.name());
        TopicJson.position(out, history.head());
        out.text("recovered").bool(after.isPresent() && history.hole().isEmpty());
        history.hole().ifPresent(reason -> out.text("reason").text(reason.toString()));
        out.text("messages").list(history.messages().size());
        for (TopicMessage message : history.messages()) TopicJson.write(message, out);
        if (hasMore) {
            out.text("next").text(history.messages().getLast().position().toString());
        }
        return Response.of(Status.OK, JSON, Body.of(Bytes.ofUtf8(out.toText())));
    }
}
