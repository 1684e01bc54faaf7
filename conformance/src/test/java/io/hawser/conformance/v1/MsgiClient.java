package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.conformance.msgi.MsgiPeer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// hawser.v1 in frames of MSGI.
record MsgiClient(MsgiPeer peer) implements Client {
    private static final Set<String> DATA = Set.of("pub", "send", "bcast", "msg");

    static MsgiClient connect(Endpoint hub) throws IOException {
        return new MsgiClient(MsgiPeer.connect(hub));
    }

    @Override
    public void say(Map<String, ?> request) throws IOException {
        boolean isData = request.keySet().stream().anyMatch(DATA::contains);
        peer.write(MsgiPeer.cbor(isData ? MsgiPeer.DATA : MsgiPeer.CONTROL, request));
    }

    @Override
    public void sayGarbage() throws IOException {
        peer.write(MsgiPeer.frame(MsgiPeer.DATA, (byte) 0xff));
    }

    @Override
    public void sayNested(int depth) throws IOException {
        byte[] lists = new byte[depth];
        Arrays.fill(lists, (byte) 0x81);
        peer.write(MsgiPeer.frame(MsgiPeer.CONTROL, lists));
    }

    @Override
    public JsonNode read() throws IOException {
        MsgiPeer.Received frame = peer.read();
        JsonNode message = frame.cbor();
        if (frame.type() != MsgiPeer.DATA) {
            assertThat(frame.type()).as(message.toString()).isEqualTo(MsgiPeer.CONTROL);
        }
        // The type follows from what the frame says; the answer to a request of DATA may be an ok or an err.
        if (message.has("msg") || message.has("pub")) assertThat(frame.type()).isEqualTo(MsgiPeer.DATA);
        if (message.has("welcome") || message.has("sub") || message.has("resync")) {
            assertThat(frame.type()).isEqualTo(MsgiPeer.CONTROL);
        }
        return message;
    }

    @Override
    public void expectGoodbye(int code) throws IOException {
        boolean isOurFault = code >= 4000 && code <= 4012;
        peer.expectGoodbye(isOurFault ? MsgiPeer.ERROR : MsgiPeer.DISCONNECT, code);
    }

    @Override
    public int awaitGoodbye() throws IOException {
        MsgiPeer.Received next = peer.read();
        while (next.type() != MsgiPeer.ERROR && next.type() != MsgiPeer.DISCONNECT) next = peer.read();
        return next.cbor().path("code").asInt();
    }

    @Override
    public void sayGoodbye(int code) throws IOException {
        peer.write(MsgiPeer.cbor(MsgiPeer.DISCONNECT, Map.of("code", code, "msg", "")));
        peer.expectEnd();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
