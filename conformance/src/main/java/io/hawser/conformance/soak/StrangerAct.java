package io.hawser.conformance.soak;

import io.hawser.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// Connects straight to the hub, says something that is nothing or not all of something, and goes.
final class StrangerAct implements Act {
    private static final List<byte[]> BEGINNINGS = List.of(
            new byte[0],
            ascii("GET / HTTP/1.1\r\nHost: lo"),
            ascii("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc"),
            ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            ascii("MSGI\0\0\0\100\0\20abc"),
            ascii("MSGI\377\377\377\377\0\20"),
            ascii("\26\3\1\2\0\1\0"),
            ascii("GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\201\205"));
    private static final int MOST_GARBAGE = 200;
    private static final int LONGEST_MILLIS = 3_000;

    private final Endpoint hub;
    private final Counts counts;

    StrangerAct(Endpoint hub, Counts counts) {
        this.hub = hub;
        this.counts = counts;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String name() {
        return "stranger";
    }

    @Override
    public void once(SplittableRandom random) throws InterruptedException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(hub.host(), hub.port()), LONGEST_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(BEGINNINGS.get(random.nextInt(BEGINNINGS.size())));
            if (random.nextInt(3) == 0) out.write(HttpAct.noise(random, random.nextInt(MOST_GARBAGE)));
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_MILLIS));
            if (random.nextBoolean()) socket.setSoLinger(true, 0);
        } catch (IOException e) {
            counts.add("stranger.ended");
        }
    }
}
