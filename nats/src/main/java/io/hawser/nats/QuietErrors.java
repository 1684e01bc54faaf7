package io.hawser.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs what NATS says, for who finds out by his own calls when it is away.
final class QuietErrors implements ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(QuietErrors.class);

    @Override
    public void errorOccurred(Connection at, String error) {
        LOG.warn("NATS says: {}", error);
    }

    @Override
    public void exceptionOccurred(Connection at, Exception exception) {
        LOG.debug("NATS connection", exception);
    }
}
