package io.hawser.internal.session;

import io.hawser.cluster.TopicPattern;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The sessions of one event loop that have joined one pattern, in an array without gaps.
///
/// Thread: the event loop.
final class Members {
    private final TopicPattern pattern;
    private @Nullable Membership[] places = new @Nullable Membership[4];
    private int count;

    Members(TopicPattern pattern) {
        this.pattern = pattern;
    }

    TopicPattern pattern() {
        return pattern;
    }

    Membership add(Subscriber subscriber) {
        if (count == places.length) places = Arrays.copyOf(places, 2 * count);
        Membership place = new Membership(this, subscriber, count);
        places[count++] = place;
        return place;
    }

    /// The last one takes the place of `left`.
    void remove(Membership left) {
        Membership last = places[--count];
        places[count] = null;
        if (last == null || last == left) return;
        last.at = left.at;
        places[left.at] = last;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /// Calls `action` for each; it may take the one it gets out.
    void forEach(Consumer<Subscriber> action) {
        // From the end: one that leaves meanwhile is replaced by one that had its turn.
        for (int at = count - 1; at >= 0; at--) {
            Membership place = at < count ? places[at] : null;
            if (place != null) action.accept(place.subscriber);
        }
    }
}
