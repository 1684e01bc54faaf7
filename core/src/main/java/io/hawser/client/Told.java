package io.hawser.client;

import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Takes what the hub says to whom it is for.
///
/// Thread: the reader's.
final class Told {
    /// More is more likely a mistake than a wish.
    private static final long LONGEST_SPREAD_MILLIS = 600_000;

    private static final long LONGEST_PAUSE_MILLIS = 3_600_000;

    private final Map<String, Following> followed;
    private final Questions questions;
    private final Direct direct;
    private @Nullable Duration pause;
    private Duration spread = Duration.ZERO;

    Told(Map<String, Following> followed, Questions questions, Direct direct) {
        this.followed = followed;
        this.questions = questions;
        this.direct = direct;
    }

    Direct direct() {
        return direct;
    }

    /// When to come back, as the last `goaway` said; once.
    Optional<Duration> pause() {
        Optional<Duration> said = Optional.ofNullable(pause);
        pause = null;
        return said;
    }

    /// Within what time to come back at least, where the connection is lost: the hub has so many clients.
    Duration spread() {
        return spread;
    }

    void welcome(JsonNode welcome) {
        spread(welcome.path("spread"));
    }

    private void spread(JsonNode millis) {
        spread = Duration.ofMillis(Math.clamp(millis.asLong(0), 0, LONGEST_SPREAD_MILLIS));
    }

    void message(JsonNode message) {
        if (message.has("sub")) subscribed(message.path("sub"));
        if (message.has("id")) {
            questions.answer(message.path("id").asLong(), message);
        } else if (message.has("pub")) {
            published(message.path("pub"));
        } else if (message.has("msg")) {
            direct.message(message.path("msg"));
        } else if (message.has("resync")) {
            JsonNode resync = message.path("resync");
            Following following = followed.get(resync.path("topic").asString(""));
            if (following != null) following.resync(reason(resync), Requests.position(resync));
        } else if (message.has("gap")) {
            Following following = followed.get(message.path("gap").path("topic").asString(""));
            if (following != null)
                following.gap(Math.clamp(message.path("gap").path("n").asLong(0), 0, Integer.MAX_VALUE));
        } else if (message.has("goaway")) {
            long millis = message.path("goaway").path("retry").asLong(0);
            pause = Duration.ofMillis(Math.clamp(millis, 0, LONGEST_PAUSE_MILLIS));
        } else if (message.has("spread")) {
            spread(message.path("spread").path("within"));
        }
    }

    private static ResyncReason reason(JsonNode resync) {
        try {
            return ResyncReason.valueOf(resync.path("reason").asString("").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException later) {
            return ResyncReason.EPOCH;
        }
    }

    private void subscribed(JsonNode sub) {
        Following following = followed.get(sub.path("topic").asString(""));
        Position head = Requests.position(sub);
        if (following != null) following.subscribed(head, sub.path("recovered").asBoolean(false));
    }

    private void published(JsonNode pub) {
        String topic = pub.path("topic").asString("");
        Following exact = followed.get(topic);
        if (exact != null) {
            hand(pub, topic, exact);
            return;
        }
        for (Following each : followed.values()) {
            if (each.matches(topic)) hand(pub, topic, each);
        }
    }

    private static void hand(JsonNode pub, String topic, Following to) {
        JsonNode from = pub.path("from");
        to.message(
                topic,
                pub.path("o").asLong(-1),
                pub.path("g").asString(""),
                from.path("sid").asString(""),
                from.path("user").asString(""),
                Requests.data(pub));
    }
}
