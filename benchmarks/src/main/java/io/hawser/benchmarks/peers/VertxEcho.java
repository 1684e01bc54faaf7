package io.hawser.benchmarks.peers;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/// Echo of MSGI frames on a Vert.x net server with its record parser, one verticle for each event loop.
final class VertxEcho extends VerticleBase {
    private static final int MAX_FRAME_BYTES = (1 << 20) + 10;
    private static final int LENGTH_AT = 4;
    private static final int LENGTH_END = 8;
    private static final int BACKLOG = 4096;

    private final int port;

    private VertxEcho(int port) {
        this.port = port;
    }

    /// The parser's two alternating records: the head as far as the length, and the rest of the frame.
    private static final class Frames {
        private final NetSocket socket;
        private final RecordParser parser = RecordParser.newFixed(LENGTH_END);
        private Buffer head = Buffer.buffer();

        Frames(NetSocket socket) {
            this.socket = socket;
        }

        void start() {
            parser.handler(this::record);
            socket.handler(parser);
        }

        private void record(Buffer record) {
            if (head.length() > 0) {
                socket.write(head.appendBuffer(record));
                head = Buffer.buffer();
                parser.fixedSizeMode(LENGTH_END);
                return;
            }
            int length = record.getInt(LENGTH_AT);
            if (length <= LENGTH_END || length > MAX_FRAME_BYTES) {
                socket.close();
                return;
            }
            head = Buffer.buffer(length).appendBuffer(record);
            parser.fixedSizeMode(length - LENGTH_END);
        }
    }

    @Override
    public Future<NetServer> start() {
        var options = new NetServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true);
        return vertx.createNetServer(options)
                .connectHandler(socket -> new Frames(socket).start())
                .listen(port, "127.0.0.1");
    }

    static void main(String... arguments) {
        Verticles.run(PeerArguments.of(arguments), VertxEcho::new);
    }
}
