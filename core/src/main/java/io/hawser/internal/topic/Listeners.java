package io.hawser.internal.topic;

import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.Registration;
import io.hawser.cluster.TopicMessage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listeners of a backplane. One that throws is logged, and harms no other.
///
/// Thread: safe from any.
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final CopyOnWriteArrayList<BackplaneListener> listeners = new CopyOnWriteArrayList<>();

    public Listeners() {}

    public Registration add(BackplaneListener listener) {
        // A listener that is added twice hears twice: each registration is a thing of its own.
        BackplaneListener own = new BackplaneListener() {
            @Override
            public void message(TopicMessage message) {
                listener.message(message);
            }

            @Override
            public void interrupted() {
                listener.interrupted();
            }
        };
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    public void message(TopicMessage message) {
        for (BackplaneListener listener : listeners) {
            try {
                listener.message(message);
            } catch (Throwable failure) {
                LOG.error("a listener failed on a message of {}", message.topic(), failure);
            }
        }
    }

    public void interrupted() {
        for (BackplaneListener listener : listeners) {
            try {
                listener.interrupted();
            } catch (Throwable failure) {
                LOG.error("a listener failed on an interruption", failure);
            }
        }
    }
}
