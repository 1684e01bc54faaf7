package io.hawser.client;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.Tls;
import io.hawser.internal.messaging.Goodbye;
import io.hawser.io.ConnectionLimits;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.Connection;
import io.hawser.tcp.TcpClient;

/// Frames of MSGI.
final class MsgiWire implements HubWire {
    private final Connection<Frame> connection;

    private MsgiWire(Connection<Frame> connection) {
        this.connection = connection;
    }

    static MsgiWire connect(HubClientConfig config) {
        ConnectConfig connect = config.connect();
        boolean isSecure = config.uri().getScheme().equals("msgis");
        if (isSecure && connect.tls().isEmpty()) connect = connect.withTls(Tls.client());
        Endpoint hub = Endpoint.parse(config.uri().getRawAuthority());
        return new MsgiWire(
                TcpClient.connect(hub, Frame.framing(config.maxMessageBytes()), connect, ConnectionLimits.defaults()));
    }

    @Override
    public void send(Bytes map, boolean isData) {
        connection.send(new Frame(isData ? FrameType.DATA : FrameType.CONTROL, map));
    }

    @Override
    public Bytes receive() {
        while (true) {
            Frame frame;
            try {
                frame = connection.receive();
            } catch (HawserException lost) {
                throw new HubGoodbye(CloseReason.LOST);
            }
            switch (frame.type()) {
                case DATA, CONTROL -> {
                    return frame.payload();
                }
                case PING -> connection.send(new Frame(FrameType.PONG, frame.payload()));
                case ERROR, DISCONNECT -> throw new HubGoodbye(Goodbye.parse(frame.payload()));
                case PONG, HEARTBEAT -> {
                    // that it came is what it is for
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.send(new Frame(FrameType.DISCONNECT, Goodbye.payload(CloseReason.NORMAL)));
        } catch (HawserException gone) {
            // Then nobody hears it.
        }
        connection.close();
    }
}
