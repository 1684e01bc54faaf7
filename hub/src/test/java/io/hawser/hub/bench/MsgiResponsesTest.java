package io.hawser.hub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.dataformat.cbor.CBORMapper;

final class MsgiResponsesTest {

    @Test
    void aRequestIsAFrameAsTheContractHasIt() {
        var protocol = new MsgiProtocol(8);
        var frame = ByteBuffer.allocate(protocol.requestBytes());

        protocol.encode(frame, 0x0102030405060708L);

        assertThat(frame.array()).containsExactly('M', 'S', 'G', 'I', 0, 0, 0, 18, 0, 0x10, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 125, 126, 127})
    void answersCutAtEveryByteAreFound(int payloadBytes) throws BadResponse {
        var protocol = new MsgiProtocol(payloadBytes);
        var stream = answers(protocol, 3);
        for (int cut = 0; cut <= stream.length; cut++) {
            var responses = protocol.responses();
            responses.consume(ByteBuffer.wrap(stream, 0, cut));
            assertThat(responses.completed()).isEqualTo(cut / protocol.responseBytes());
            responses.consume(ByteBuffer.wrap(stream, cut, stream.length - cut));
            assertThat(responses.completed()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 65_535, 65_536})
    void answersThatComeOneByteAtATimeAreFound(int payloadBytes) throws BadResponse {
        var protocol = new MsgiProtocol(payloadBytes);
        var stream = answers(protocol, 2);
        var responses = protocol.responses();
        for (int i = 0; i < stream.length; i++) {
            responses.consume(ByteBuffer.wrap(stream, i, 1));
        }
        assertThat(responses.completed()).isEqualTo(2);
    }

    @Test
    void connectionsOfOneProtocolDoNotDisturbEachOther() throws BadResponse {
        var protocol = new MsgiProtocol(100);
        var stream = answers(protocol, 2);
        var first = protocol.responses();
        var second = protocol.responses();

        first.consume(ByteBuffer.wrap(stream, 0, 150));
        second.consume(ByteBuffer.wrap(stream, 0, 30));
        first.consume(ByteBuffer.wrap(stream, 150, stream.length - 150));
        second.consume(ByteBuffer.wrap(stream, 30, stream.length - 30));

        assertThat(first.completed()).isEqualTo(2);
        assertThat(second.completed()).isEqualTo(2);
    }

    @Test
    void everyByteThatIsNotTheOneSentIsNoticed() throws BadResponse {
        var protocol = new MsgiProtocol(40);
        for (int bad = 0; bad < protocol.responseBytes(); bad++) {
            var stream = answers(protocol, 2);
            int at = protocol.responseBytes() + bad;
            stream[at] ^= 0x20;
            var responses = protocol.responses();

            assertThatThrownBy(() -> {
                        responses.consume(ByteBuffer.wrap(stream));
                        // A header that names another length may still be waiting for the rest of its frame.
                        responses.consume(ByteBuffer.allocate(1 << 16));
                    })
                    .as("byte %d", bad)
                    .isInstanceOf(BadResponse.class);
            assertThat(responses.completed()).isEqualTo(1);
        }
    }

    @Test
    void faultsAreNamedForWhatTheyAre() {
        var protocol = new MsgiProtocol(40);

        assertThat(kind(protocol, 3)).isEqualTo("not an MSGI frame");
        assertThat(kind(protocol, 7)).isEqualTo("answer of another length");
        assertThat(kind(protocol, 8)).isEqualTo("unexpected frame type 0x2010");
        assertThat(kind(protocol, 17)).isEqualTo("answer out of order");
        assertThat(kind(protocol, 18)).isEqualTo("wrong bytes in a payload");
        assertThat(kind(new MsgiProtocol(4), 12)).isEqualTo("wrong bytes in a payload");
    }

    @Test
    void anErrorFrameIsNamedByItsCodeWhereverItIsCut() {
        var payload = new CBORMapper()
                .writeValueAsBytes(
                        new CBORMapper().createObjectNode().put("code", 4502).put("msg", "overload"));
        var error = frame(0x0030, payload);
        for (int cut = 0; cut <= error.length; cut++) {
            int at = cut;
            var responses = new MsgiProtocol(64).responses();
            assertThatThrownBy(() -> {
                        responses.consume(ByteBuffer.wrap(error, 0, at));
                        responses.consume(ByteBuffer.wrap(error, at, error.length - at));
                    })
                    .hasMessage("error frame 4502");
        }
    }

    @Test
    void anErrorFrameThatDoesNotParseIsStillOne() {
        var responses = new MsgiProtocol(64).responses();
        var frame = frame(0x0050, "plain".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> responses.consume(ByteBuffer.wrap(frame)))
                .hasMessageStartingWith("disconnect frame without");
    }

    private static String kind(MsgiProtocol protocol, int badByte) {
        var stream = answers(protocol, 1);
        stream[badByte] ^= 0x20;
        try {
            protocol.responses().consume(ByteBuffer.wrap(stream));
        } catch (BadResponse e) {
            return e.kind();
        }
        return "none";
    }

    private static byte[] answers(MsgiProtocol protocol, int count) {
        var stream = ByteBuffer.allocate(count * protocol.responseBytes());
        for (int i = 0; i < count; i++) {
            protocol.encode(stream, i);
        }
        return stream.array();
    }

    private static byte[] frame(int type, byte[] payload) {
        return ByteBuffer.allocate(10 + payload.length)
                .putInt(0x4D534749)
                .putInt(10 + payload.length)
                .putShort((short) type)
                .put(payload)
                .array();
    }
}
