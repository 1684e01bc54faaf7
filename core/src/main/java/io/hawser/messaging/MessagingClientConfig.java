package io.hawser.messaging;

import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.tcp.ConnectConfig;
import java.util.List;

/// Where a messaging client connects, and what it does when it cannot.
///
/// @param endpoints servers that are as good as each other: the first is chosen at random, the next one is
///     tried when it fails
/// @param id the name in the client's hello; at most 255 characters
/// @param isBare whether it says no hello, for peers that only speak frames; default false
/// @param messaging limits and the pipeline, which the server must have too
/// @param maxQueuedMessages messages that may wait while there is no connection; more are refused; default
///     1,024
/// @param maxQueuedBytes the payload of those; default 4 MiB
public record MessagingClientConfig(
        List<Endpoint> endpoints,
        String id,
        boolean isBare,
        MessagingConfig messaging,
        ConnectConfig connect,
        Reconnect reconnect,
        int maxQueuedMessages,
        int maxQueuedBytes) {
    public MessagingClientConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) throw new IllegalArgumentException("endpoints: at least one");
        if (id.length() > 255) throw new IllegalArgumentException("id of " + id.length() + " characters: at most 255");
        if (isBare && messaging.pipeline().isPresent()) {
            throw new IllegalArgumentException("isBare: a pipeline is agreed on in the hello");
        }
        if (maxQueuedMessages < 0) {
            throw new IllegalArgumentException("maxQueuedMessages " + maxQueuedMessages + ": 0 or more");
        }
        if (maxQueuedBytes < 0) throw new IllegalArgumentException("maxQueuedBytes " + maxQueuedBytes + ": 0 or more");
    }

    /// The defaults, for these servers.
    ///
    /// @param id the name in the client's hello
    public static MessagingClientConfig to(String id, Endpoint... endpoints) {
        return new MessagingClientConfig(
                List.of(endpoints),
                id,
                false,
                MessagingConfig.defaults(),
                ConnectConfig.defaults(),
                Reconnect.defaults(),
                1024,
                4 << 20);
    }

    /// This configuration for a peer that only speaks frames: no hello.
    public MessagingClientConfig withBare() {
        return new MessagingClientConfig(
                endpoints, id, true, messaging, connect, reconnect, maxQueuedMessages, maxQueuedBytes);
    }

    public MessagingClientConfig withMessaging(MessagingConfig changed) {
        return new MessagingClientConfig(
                endpoints, id, isBare, changed, connect, reconnect, maxQueuedMessages, maxQueuedBytes);
    }

    public MessagingClientConfig withConnect(ConnectConfig changed) {
        return new MessagingClientConfig(
                endpoints, id, isBare, messaging, changed, reconnect, maxQueuedMessages, maxQueuedBytes);
    }

    public MessagingClientConfig withReconnect(Reconnect changed) {
        return new MessagingClientConfig(
                endpoints, id, isBare, messaging, connect, changed, maxQueuedMessages, maxQueuedBytes);
    }

    public MessagingClientConfig withQueue(int maxMessages, int maxBytes) {
        return new MessagingClientConfig(endpoints, id, isBare, messaging, connect, reconnect, maxMessages, maxBytes);
    }
}
