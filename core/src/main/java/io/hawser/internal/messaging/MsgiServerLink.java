package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.pipeline.BoundPipeline;
import io.hawser.internal.pipeline.PipelineHandshake;
import io.hawser.internal.pipeline.Role;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.Pipeline;
import io.netty.channel.Channel;

/// The server's side: answers hello with welcome.
final class MsgiServerLink extends MsgiLink {
    MsgiServerLink(SessionRegistry sessions, MsgiSettings settings, Channel channel) {
        super(sessions, settings, channel);
    }

    @Override
    void greeted(Bytes payload) {
        Greeting.Hello hello = Greeting.parseHello(payload);
        if (hello == null) throw new ProtocolError(NO_HELLO, "a request before the hello", "MSGI, section 2");
        if (!hello.client().isEmpty()) clientId(hello.client());
        Pipeline own = settings.pipeline().orElse(Pipeline.of());
        PipelineHandshake handshake = PipelineHandshake.of(own, Role.SERVER);
        BoundPipeline bound = handshake.bind(hello.pipeline(), toString(), settings.maxMessageBytes());
        Greeting.Welcome welcome = new Greeting.Welcome(
                hello.id(), settings.serverId(), id(), config.pingAfter().toMillis(), handshake.offer());
        appendControl(new Frame(FrameType.CONTROL, welcome.encoded()));
        open(Mode.SESSION, settings.hasStages() ? bound : null);
    }

    @Override
    boolean pings() {
        return mode() == Mode.SESSION;
    }
}
