package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.pipeline.BoundPipeline;
import io.hawser.internal.pipeline.PipelineHandshake;
import io.hawser.internal.pipeline.Role;
import io.hawser.internal.session.ControlSender;
import io.hawser.internal.session.GreetingHandler;
import io.hawser.internal.session.HeldMessage;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.Pipeline;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.netty.channel.Channel;
import java.util.Optional;

/// The server's side: answers hello with welcome.
final class MsgiServerLink extends MsgiLink implements ControlSender {
    private static final int MAX_DEPTH = 16;
    private static final Bytes EMPTY_MAP = CborWriter.create().map(0).toBytes();

    private final boolean isGreetedByHandler;

    MsgiServerLink(SessionRegistry sessions, MsgiSettings settings, Channel channel) {
        super(sessions, settings, channel);
        this.isGreetedByHandler = sessions.handler() instanceof GreetingHandler;
    }

    @Override
    void greeted(Bytes payload) {
        Greeting.Hello hello = Greeting.parseHello(payload);
        if (hello == null) throw new ProtocolError(NO_HELLO, "a request before the hello", "MSGI, section 2");
        if (!hello.client().isEmpty()) clientId(hello.client());
        Pipeline own = settings.pipeline().orElse(Pipeline.of());
        PipelineHandshake handshake = PipelineHandshake.of(own, Role.SERVER);
        BoundPipeline bound = handshake.bind(hello.pipeline(), toString(), settings.maxMessageBytes());
        Optional<FrameCodec> codec = settings.codec(hello.codecs());
        Optional<String> codecName = codec.map(FrameCodec::wireName);
        agree(codec);
        if (isGreetedByHandler) {
            attribute(
                    GreetingHandler.TERMS,
                    new GreetingHandler.Terms(
                            settings.serverId(), config.pingAfter().toMillis(), handshake.offer(), codecName));
            open(Mode.SESSION, settings.hasStages() ? bound : null);
            dispatch(HeldMessage.ofControl(payload));
            return;
        }
        Greeting.Welcome welcome = new Greeting.Welcome(
                hello.id(), settings.serverId(), id(), config.pingAfter().toMillis(), handshake.offer(), codecName);
        appendControl(new Frame(FrameType.CONTROL, welcome.encoded()));
        open(Mode.SESSION, settings.hasStages() ? bound : null);
    }

    /// An application ping is answered; other requests of hawser.v1 are not for a plain messaging
    /// server, unless its handler speaks that protocol.
    @Override
    void requested(Bytes payload) {
        if (isGreetedByHandler) {
            dispatch(HeldMessage.ofControl(payload));
            return;
        }
        CborReader in = CborReader.of(payload, MAX_DEPTH);
        long id = -1;
        boolean isPing = true;
        in.enterMap();
        while (in.hasNext()) {
            if (in.readText().equals("id")) {
                id = in.readInteger();
            } else {
                isPing = false;
                in.skip();
            }
        }
        in.end();
        if (isPing) appendControl(new Frame(FrameType.CONTROL, EMPTY_MAP));
        else if (id >= 0) appendControl(new Frame(FrameType.CONTROL, refusal(id)));
    }

    @Override
    public Offer offerControl(Message message) {
        return offerUrgentItem(new Frame(FrameType.CONTROL, message.bytes()));
    }

    @Override
    public void sendControl(Message message) {
        sendItem(new Frame(FrameType.CONTROL, message.bytes()));
    }

    private static Bytes refusal(long id) {
        CborWriter out = CborWriter.create();
        out.map(2).text("id").integer(id).text("err").map(2);
        out.text("code").integer(404).text("msg").text("no such request here");
        return out.toBytes();
    }

    @Override
    void greetingLate() {
        closeWith(CloseReason.of(NO_HELLO, "no hello in time"));
    }

    @Override
    boolean pings() {
        return mode() == Mode.SESSION;
    }
}
