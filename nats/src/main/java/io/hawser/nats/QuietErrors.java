package io.hawser.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs what NATS says, and why a certificate is not taken, for who finds out by his own calls that it is away.
class QuietErrors implements ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(QuietErrors.class);

    @Override
    public void errorOccurred(Connection at, String error) {
        LOG.warn("NATS says: {}", error);
    }

    @Override
    public void exceptionOccurred(Connection at, Exception exception) {
        Throwable cause = exception;
        while (cause != null && !(cause instanceof SSLException)) cause = cause.getCause();
        if (cause == null) LOG.debug("NATS connection", exception);
        else LOG.warn("TLS with NATS: {}", cause.getMessage());
    }
}
