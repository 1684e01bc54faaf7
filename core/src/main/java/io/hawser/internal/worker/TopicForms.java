package io.hawser.internal.worker;

import io.hawser.cluster.History;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.Field;
import io.hawser.messaging.Value;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Topics and their messages as containers, between a worker and its supervisor.
final class TopicForms {
    static final String PUBLISH = "publish";
    static final String HISTORY = "history";
    static final String MESSAGE = "message";
    static final String TOPICS = "topics";

    private TopicForms() {}

    static ContainerBuilder publish(Publication publication) {
        return Container.of(PUBLISH)
                .with("topic", publication.topic().name())
                .with("payload", publication.payload())
                .with("principal", publication.principal())
                .with("mid", publication.mid());
    }

    static Publication publication(Container said) {
        Publication publication = Publication.of(Topic.of(said.string("topic")), said.bytes("payload"));
        return said.string("mid").isEmpty()
                ? publication
                : publication.withMid(said.string("principal"), said.string("mid"));
    }

    static ContainerBuilder published(Published published) {
        return Container.of("published")
                .with("at", text(published.position()))
                .with("again", published.isDuplicate())
                .with("local", published.isLocal());
    }

    static Published published(Container said) {
        return new Published(position(said.string("at")), said.bool("again"), said.bool("local"));
    }

    private static String text(Position position) {
        return position.isNone() ? "" : position.toString();
    }

    private static Position position(String text) {
        return text.isEmpty() ? Position.NONE : Position.parse(text);
    }

    static ContainerBuilder message(TopicMessage message) {
        Instant at = message.publishedAt();
        return Container.of(MESSAGE)
                .with("topic", message.topic().name())
                .with("at", text(message.position()))
                .with("payload", message.payload())
                .with("seconds", at.getEpochSecond())
                .with("nanos", at.getNano());
    }

    static TopicMessage message(Container said) {
        return new TopicMessage(
                Topic.of(said.string("topic")),
                position(said.string("at")),
                said.bytes("payload"),
                Instant.ofEpochSecond(said.int64("seconds"), said.int32("nanos")));
    }

    static ContainerBuilder ask(Topic topic, Optional<Position> after, int limit) {
        ContainerBuilder question =
                Container.of(HISTORY).with("topic", topic.name()).with("limit", limit);
        after.ifPresent(position -> question.with("after", text(position)));
        return question;
    }

    static ContainerBuilder askTopics(String after, int limit) {
        return Container.of(TOPICS).with("after", after).with("limit", limit);
    }

    static ContainerBuilder topics(List<Topic> topics) {
        return Container.of("topics")
                .with("names", topics.stream().map(Topic::name).toList());
    }

    static List<Topic> topics(Container said) {
        return said.list("names").stream()
                .map(name -> Topic.of(((Value.Text) name).value()))
                .toList();
    }

    static Optional<Position> after(Container question) {
        return question.optional("after", Field::string).map(TopicForms::position);
    }

    /// A history, cut where it would be too much for one message: to its first messages where it is asked
    /// for what came after a position, so that whoever asked goes on from there, else to its last.
    static ContainerBuilder history(History history, boolean first, int maxBytes) {
        Deque<Value> kept = new ArrayDeque<>();
        List<TopicMessage> order =
                first ? history.messages() : history.messages().reversed();
        long bytes = 0;
        for (TopicMessage message : order) {
            bytes += message.payload().size() + message.topic().name().length();
            if (bytes > maxBytes && !kept.isEmpty()) break;
            Container container = message(message).build();
            if (first) kept.addLast(container);
            else kept.addFirst(container);
        }
        ContainerBuilder answer =
                Container.of("kept").with("head", text(history.head())).with("messages", List.copyOf(kept));
        history.hole().ifPresent(reason -> answer.with("hole", reason.name()));
        return answer;
    }

    static History history(Container said) {
        List<TopicMessage> messages = new ArrayList<>();
        for (Value each : said.list("messages")) messages.add(message((Container) each));
        Optional<ResyncReason> hole = said.optional("hole", Field::string).map(ResyncReason::valueOf);
        return new History(position(said.string("head")), messages, hole);
    }
}
