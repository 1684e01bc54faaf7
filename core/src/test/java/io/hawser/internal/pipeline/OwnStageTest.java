package io.hawser.internal.pipeline;

import static io.hawser.internal.pipeline.BoundPair.DATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Stage;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class OwnStageTest {
    private static final Bytes PAYLOAD = Bytes.ofUtf8("payload");

    /// A stage as a user would write one: a checksum behind the payload.
    private record Crc() implements Stage {
        @Override
        public String name() {
            return "crc32";
        }

        @Override
        public int overheadBytes() {
            return Integer.BYTES;
        }

        @Override
        public Transform sending(StageContext context) {
            return (frameType, sequence, payload) -> Bytes.concat(payload, checksum(payload));
        }

        @Override
        public Transform receiving(StageContext context) {
            return (frameType, sequence, message) -> {
                if (message.size() < Integer.BYTES) throw context.malformed("too short");
                int end = message.size() - Integer.BYTES;
                Bytes payload = message.slice(0, end);
                if (!checksum(payload).equals(message.slice(end, message.size()))) {
                    throw context.malformed("wrong checksum");
                }
                return payload;
            };
        }

        private static Bytes checksum(Bytes payload) {
            CRC32 crc = new CRC32();
            crc.update(payload.asByteBuffer());
            return Bytes.wrap(ByteBuffer.allocate(Integer.BYTES)
                    .putInt((int) crc.getValue())
                    .array());
        }
    }

    /// A stage with the same transform both ways.
    private record Same(String name, boolean isLocal, Transform transform) implements Stage {
        @Override
        public Transform sending(StageContext context) {
            return transform;
        }

        @Override
        public Transform receiving(StageContext context) {
            return transform;
        }
    }

    @Test
    void aStageOfOnesOwnWorksAmongTheOthers() {
        Pipeline pipeline =
                Pipeline.of(new Crc(), Compression.deflate(), Encryption.aes256Gcm(BoundPair.keys()), new Crc());
        BoundPair pair = BoundPair.of(pipeline);
        for (int size : new int[] {0, 1, 300, BoundPair.LIMIT}) {
            assertThat(pair.toServer(BoundPair.repetitive(size))).isEqualTo(BoundPair.repetitive(size));
            assertThat(pair.toClient(BoundPair.repetitive(size))).isEqualTo(BoundPair.repetitive(size));
        }
    }

    @Test
    void itsRefusalNamesIt() {
        BoundPair pair = BoundPair.of(Pipeline.of(new Crc()));
        assertThatThrownBy(() -> pair.server().inbound(DATA, Bytes.ofHex("0000000000")))
                .isInstanceOfSatisfying(
                        ProtocolError.class, e -> assertThat(e.code()).isEqualTo(4004))
                .hasMessage("pipeline stage crc32: wrong checksum (docs/PIPELINE.md)");
    }

    @Test
    void anyOtherExceptionOnReceivingIsAProtocolErrorThatHidesIt() {
        Exception secret = new IllegalArgumentException("the byte 42 is not padding");
        BoundPair pair = BoundPair.of(Pipeline.of(new Same("strict", false, (type, sequence, payload) -> {
            throw secret;
        })));
        Throwable refused = catchThrowable(() -> pair.server().inbound(DATA, PAYLOAD));
        assertThat(refused)
                .isInstanceOf(ProtocolError.class)
                .hasMessage("pipeline stage strict: cannot read the payload (docs/PIPELINE.md)")
                .hasSuppressedException(secret);
        assertThatThrownBy(() -> pair.server().inbound(DATA, PAYLOAD)).isInstanceOf(SessionClosed.class);
    }

    @Test
    void anExceptionOnSendingEndsTheBindingBecauseANumberMayBeSpent() {
        BoundPair pair = BoundPair.of(Pipeline.of(
                Encryption.aes256Gcm(BoundPair.keys()), new Same("fails", false, (type, sequence, payload) -> {
                    throw new IllegalArgumentException("no");
                })));
        assertThatThrownBy(() -> pair.client().outbound(DATA, PAYLOAD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pipeline stage fails failed to send")
                .hasRootCauseMessage("no");
        assertThatThrownBy(() -> pair.client().outbound(DATA, PAYLOAD)).isInstanceOf(SessionClosed.class);
    }

    @Test
    void errorsOfHawserPassAsTheyAreAndInterruptsAreKept() {
        Rejected rejected = new Rejected("not now", null);
        BoundPair rejecting = BoundPair.of(Pipeline.of(new Same("rejects", false, (type, sequence, payload) -> {
            throw rejected;
        })));
        assertThat(catchThrowable(() -> rejecting.server().inbound(DATA, PAYLOAD)))
                .isSameAs(rejected);
        BoundPair interrupted = BoundPair.of(Pipeline.of(new Same("waits", false, (type, sequence, payload) -> {
            throw new InterruptedException();
        })));
        assertThat(catchThrowable(() -> interrupted.server().inbound(DATA, PAYLOAD)))
                .isInstanceOf(Cancelled.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void addingMoreThanItSaysIsAMistakeOfTheStage() {
        BoundPair pair = BoundPair.of(Pipeline.of(
                new Same("grows", false, (type, sequence, payload) -> Bytes.concat(payload, Bytes.ofHex("00")))));
        assertThatThrownBy(() -> pair.client().outbound(DATA, PAYLOAD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pipeline stage grows added 1 bytes where its overheadBytes is 0");
    }

    @Test
    void inflatingOverTheLimitIsRefusedForAnyStage() {
        Stage doubles = new Same("doubles", false, (type, sequence, payload) -> Bytes.concat(payload, payload));
        BoundPair pair = BoundPair.of(Pipeline.of(doubles), Pipeline.of(doubles), 10, 0);
        assertThat(pair.server().inbound(DATA, BoundPair.repetitive(5)).size()).isEqualTo(10);
        assertThatThrownBy(() -> pair.server().inbound(DATA, BoundPair.repetitive(6)))
                .isInstanceOfSatisfying(
                        ProtocolError.class, e -> assertThat(e.code()).isEqualTo(4012));
    }

    @Test
    void aLocalStageMustNotChangeAPayload() {
        BoundPair pair = BoundPair.of(
                Pipeline.of(new Same("looks-on", true, (type, sequence, payload) -> Bytes.copyOf(payload.toArray()))));
        assertThatThrownBy(() -> pair.client().outbound(DATA, PAYLOAD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("looks-on is local");
    }

    @Test
    void eachTransformIsBoundOnceAndClosedOnce() {
        List<String> closed = new ArrayList<>();
        Set<Bytes> labels = new HashSet<>();
        Stage recording = new Stage() {
            @Override
            public String name() {
                return "recording";
            }

            @Override
            public Transform sending(StageContext context) {
                return closing("sending", context);
            }

            @Override
            public Transform receiving(StageContext context) {
                return closing("receiving", context);
            }

            private Transform closing(String what, StageContext context) {
                labels.add(context.label());
                return new Transform() {
                    @Override
                    public Bytes apply(int frameType, long sequence, Bytes payload) {
                        return payload;
                    }

                    @Override
                    public void close() {
                        closed.add(context.connection() + " " + what + " " + context.direction());
                    }
                };
            }
        };
        BoundPair pair = BoundPair.of(Pipeline.of(recording, recording));
        assertThat(labels).hasSize(4);
        pair.server().close();
        pair.server().close();
        assertThat(closed)
                .containsExactlyInAnyOrder(
                        "server sending SERVER_TO_CLIENT",
                        "server sending SERVER_TO_CLIENT",
                        "server receiving CLIENT_TO_SERVER",
                        "server receiving CLIENT_TO_SERVER");
    }

    @Test
    void namesCountsAndOverheadsAreChecked() {
        Transform same = (type, sequence, payload) -> payload;
        for (String bad : new String[] {"", "Upper", "a b", "a,b", "x".repeat(33)}) {
            assertThatThrownBy(() -> Pipeline.of(new Same(bad, false, same)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("name of a stage");
        }
        Stage[] seventeen = new Stage[17];
        Arrays.fill(seventeen, new Same("x", false, same));
        assertThatThrownBy(() -> Pipeline.of(seventeen)).isInstanceOf(IllegalArgumentException.class);
        assertThat(Pipeline.of(Arrays.copyOf(seventeen, 16)).stages()).hasSize(16);
    }
}
