package io.hawser.hub.v1;

import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.item.ItemWriter;
import io.hawser.internal.json.JsonWriter;

/// Messages of topics in JSON, as HTTP carries them: what a push of hawser.v1 says, with the epoch.
public final class TopicJson {
    private TopicJson() {}

    /// A message: topic, position, who published it, and what.
    public static String of(TopicMessage message) {
        JsonWriter out = JsonWriter.create();
        write(message, out);
        return out.toText();
    }

    /// As [#of], into a text that has begun.
    public static void write(TopicMessage message, JsonWriter out) {
        Position at = message.position();
        out.map(at.isNone() ? 3 : 6).text("topic").text(message.topic().name());
        if (!at.isNone()) position(out, at);
        Pushes.pairs(message.payload(), out);
    }

    /// Where a subscription begins.
    public static String subscribed(String topic, Position head, boolean isRecovered, int missed) {
        JsonWriter out = JsonWriter.create();
        out.map(head.isNone() ? 3 : 6).text("topic").text(topic);
        if (!head.isNone()) position(out, head);
        out.text("recovered").bool(isRecovered).text("n").integer(missed);
        return out.toText();
    }

    /// Messages were missed and cannot be had.
    public static String resync(Topic topic, ResyncReason reason, Position head) {
        JsonWriter out = JsonWriter.create();
        out.map(5).text("topic").text(topic.name()).text("reason").text(reason.toString());
        position(out, head);
        return out.toText();
    }

    /// So many messages were dropped.
    public static String gap(String subscription, long missed) {
        JsonWriter out = JsonWriter.create();
        out.map(2).text("topic").text(subscription).text("n").integer(missed);
        return out.toText();
    }

    /// The three pairs of a position.
    public static void position(ItemWriter out, Position at) {
        out.text("e").text(at.epoch()).text("o").integer(at.offset()).text("g").text(at.tag());
    }
}
