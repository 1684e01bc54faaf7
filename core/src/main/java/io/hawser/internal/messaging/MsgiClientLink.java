package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.ProtocolError;
import io.hawser.internal.client.ClientLink;
import io.hawser.internal.client.ClientSide;
import io.hawser.internal.client.SendQueue;
import io.hawser.internal.client.Sending;
import io.hawser.internal.pipeline.BoundPipeline;
import io.hawser.internal.pipeline.PipelineHandshake;
import io.hawser.internal.pipeline.Role;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.Pipeline;
import io.hawser.session.CloseReason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import java.time.Duration;

/// The client's side: says hello and waits for the welcome, or goes on bare.
final class MsgiClientLink extends MsgiLink implements ClientLink {
    private static final long HELLO_ID = 1;

    private final MessagingClientConfig client;
    private final ClientSide side;
    private final PipelineHandshake handshake;

    MsgiClientLink(
            SessionRegistry sessions,
            MsgiSettings settings,
            MessagingClientConfig client,
            SendQueue queue,
            Channel channel) {
        super(sessions, settings, channel);
        this.client = client;
        this.side = new ClientSide(queue);
        this.handshake = PipelineHandshake.of(settings.pipeline().orElse(Pipeline.of()), Role.CLIENT);
        if (!client.id().isEmpty()) clientId(client.id());
    }

    @Override
    protected void started() {
        if (client.isBare()) {
            open(Mode.BARE, null);
        } else {
            Greeting.Hello hello = new Greeting.Hello(
                    HELLO_ID,
                    client.id(),
                    handshake.offer(),
                    settings.codecs().stream().map(FrameCodec::wireName).toList());
            appendControl(new Frame(FrameType.CONTROL, hello.encoded()));
        }
    }

    @Override
    void greeted(Bytes payload) {
        Greeting.Welcome welcome = Greeting.parseWelcome(payload);
        if (!welcome.sid().isEmpty()) id(welcome.sid());
        BoundPipeline bound = handshake.bind(welcome.pipeline(), toString(), settings.maxMessageBytes());
        agree(welcome.codec().map(this::offered));
        open(Mode.SESSION, settings.hasStages() ? bound : null);
    }

    private FrameCodec offered(String codec) {
        return settings.codec(codec)
                .orElseThrow(() -> new ProtocolError(
                        MsgiFraming.BAD_PAYLOAD, "codec " + codec + ", which was not offered", "MSGI, section 2"));
    }

    /// A server answers requests, and this client makes none.
    @Override
    void requested(Bytes payload) {}

    @Override
    void greetingLate() {
        abort();
    }

    @Override
    boolean pings() {
        return true;
    }

    @Override
    protected void becameOpen() {
        side.becameOpen(this, channel);
    }

    @Override
    public void send(Sending sending) {
        sendItem(sending);
    }

    @Override
    public boolean sendKept(Sending sending) {
        return appendMessage(sending, encodedSize(sending));
    }

    @Override
    protected void unsendable(Object item) {
        if (!side.unsendable(item)) super.unsendable(item);
    }

    @Override
    void encoded(Sending sending) {
        side.encoded(sending);
    }

    @Override
    protected ChannelPromise writePromise() {
        return side.writePromise(channel);
    }

    @Override
    protected void unsent(Object item) {
        if (!side.unsent(item)) super.unsent(item);
    }

    @Override
    protected void released() {
        super.released();
        side.released(this, finalReason());
    }

    @Override
    public void awaitOpen(Endpoint endpoint, Duration atMost) {
        side.awaitOpen(this, endpoint, atMost);
    }

    @Override
    public CloseReason awaitEnd() throws InterruptedException {
        return side.awaitEnd(this::awaitOutbox);
    }
}
