package io.hawser.internal.pipeline;

import static io.hawser.internal.pipeline.BoundPair.DATA;
import static io.hawser.internal.pipeline.BoundPair.LIMIT;
import static io.hawser.internal.pipeline.BoundPair.random;
import static io.hawser.internal.pipeline.BoundPair.repetitive;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.messaging.Pipeline;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    private static final int[] SIZES = {0, 1, 5, 6, 125, 126, 127, 255, 256, 65535, 65536, LIMIT - 1, LIMIT};

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#every")
    void everySizeArrivesAsItWasSentInBothDirections(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        for (int size : SIZES) {
            for (Bytes payload : new Bytes[] {random(size, size), repetitive(size)}) {
                Bytes wire = pair.client().outbound(DATA, payload);
                assertThat(wire.size())
                        .isLessThanOrEqualTo(size + pipeline.overheadBytes())
                        .isLessThanOrEqualTo(pair.client().maxWireBytes());
                assertThat(pair.server().inbound(DATA, wire)).isEqualTo(payload);
                assertThat(pair.toClient(payload)).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#every")
    void onePastTheLimitIsNotSentAndDoesNoHarm(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        assertThatThrownBy(() -> pair.client().outbound(DATA, repetitive(LIMIT + 1)))
                .isInstanceOfSatisfying(LimitExceeded.class, e -> {
                    assertThat(e.allowed()).isEqualTo(LIMIT);
                    assertThat(e.seen()).isEqualTo(LIMIT + 1);
                });
        assertThat(pair.toServer(repetitive(LIMIT))).isEqualTo(repetitive(LIMIT));
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#every")
    void aPayloadOverTheWireLimitIsRefusedUnread(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        Bytes tooLong = repetitive(LIMIT + pipeline.overheadBytes() + 1);
        assertThatThrownBy(() -> pair.server().inbound(DATA, tooLong))
                .isInstanceOfSatisfying(
                        ProtocolError.class, e -> assertThat(e.code()).isEqualTo(4002));
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#every")
    void aSliceOfALargerArrayIsReadFromItsOwnBeginning(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        Bytes payload = repetitive(3000).slice(1000, 2500);
        Bytes wire = pair.client().outbound(DATA, payload);
        Bytes inABuffer = Bytes.concat(random(1, 7), wire, random(2, 9)).slice(7, 7 + wire.size());
        assertThat(pair.server().inbound(DATA, inABuffer)).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#every")
    void randomConversationsArriveWhole(Pipeline pipeline) {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            BoundPair pair = BoundPair.of(pipeline);
            for (int i = 0; i < 50; i++) {
                int size = random.nextInt(1 << random.nextInt(1, 15));
                Bytes payload = random.nextBoolean() ? random(seed + i, size) : repetitive(size);
                Bytes arrived = random.nextBoolean() ? pair.toServer(payload) : pair.toClient(payload);
                assertThat(arrived).as("seed %d, message %d", seed, i).isEqualTo(payload);
            }
        }
    }

    @Test
    void aFrameTypeWithBit15IsAMistakeOfTheCaller() {
        BoundPair pair = BoundPair.of(Pipeline.of());
        assertThatThrownBy(() -> pair.client().outbound(0x8010, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frameType");
        assertThat(pair.toServer(Bytes.EMPTY)).isEqualTo(Bytes.EMPTY);
    }
}
