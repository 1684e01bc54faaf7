package io.hawser.internal.messaging;

import io.hawser.internal.client.ClientPlan;
import io.hawser.internal.client.ClientProtocol;
import io.hawser.internal.client.ReconnectingClient;
import io.hawser.internal.client.SendQueue;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.session.SessionHandler;
import io.netty.channel.Channel;
import java.util.List;

/// Clients of MSGI.
public final class MessagingClients implements ClientProtocol<MsgiClientLink> {
    private final MessagingClientConfig config;
    private final MsgiSettings settings;

    private MessagingClients(MessagingClientConfig config) {
        this.config = config;
        this.settings =
                MsgiSettings.of(config.messaging().withBareAllowed(true)).withUsableCodecs();
    }

    /// A client whose messages wait to be received.
    public static ReconnectingClient<?> pulled(MessagingClientConfig config) {
        return ReconnectingClient.pulled(plan(config), new MessagingClients(config));
    }

    /// A client whose messages go to `handler`.
    public static ReconnectingClient<?> handled(MessagingClientConfig config, SessionHandler handler) {
        return ReconnectingClient.handled(plan(config), new MessagingClients(config), handler);
    }

    private static ClientPlan plan(MessagingClientConfig config) {
        return new ClientPlan(
                config.id(),
                config.endpoints(),
                List.of("msgi"),
                config.connect(),
                config.reconnect(),
                config.messaging().session(),
                config.maxQueuedMessages(),
                config.maxQueuedBytes());
    }

    @Override
    public MsgiClientLink link(SessionRegistry sessions, SendQueue queue, Channel channel) {
        return new MsgiClientLink(sessions, settings, config, queue, channel);
    }

    @Override
    public void checkSize(int messageBytes) {
        var _ = settings.messages().encodedSize(messageBytes);
    }

    @Override
    public boolean isFinal(int code) {
        return code >= 4000 && code < 4500;
    }
}
