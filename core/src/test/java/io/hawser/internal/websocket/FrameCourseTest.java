package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameCourseTest {
    private static byte[] frame(int first, int payloadBytes, boolean masked) {
        ByteBuffer frame = ByteBuffer.allocate(payloadBytes + 14);
        int mask = masked ? 0x80 : 0;
        frame.put((byte) first);
        if (payloadBytes < 126) frame.put((byte) (mask | payloadBytes));
        else if (payloadBytes < 65_536) frame.put((byte) (mask | 126)).putShort((short) payloadBytes);
        else frame.put((byte) (mask | 127)).putLong(payloadBytes);
        if (masked) frame.putInt(0x1828_3848);
        byte[] payload = new byte[payloadBytes];
        Arrays.fill(payload, (byte) 0x88);
        frame.put(payload);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static byte[] all(byte[]... frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) all.writeBytes(frame);
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 200_000})
    void aFrameOfAnyLengthEndsAtItsLastByte(int payloadBytes) {
        for (boolean masked : new boolean[] {false, true}) {
            byte[] bytes = frame(0x82, payloadBytes, masked);
            FrameCourse course = new FrameCourse();
            assertThat(course.mayInsert()).isTrue();
            assertThat(course.follow(Arrays.copyOf(bytes, bytes.length - 1))).isZero();
            assertThat(course.mayInsert()).isFalse();
            assertThat(course.follow(new byte[1])).isEqualTo(1);
            assertThat(course.mayInsert()).isTrue();
        }
    }

    @Test
    void messagesAreCountedHoweverTheyAreCutAndWhateverIsBetweenTheirFragments() {
        byte[] bytes = all(
                frame(0x01, 3, true), // begins a message
                frame(0x89, 0, true), // a ping between
                frame(0x00, 130, true),
                frame(0x80, 0, true), // ends it
                frame(0x82, 300, true)); // another
        for (int size = 1; size <= bytes.length; size++) {
            FrameCourse course = new FrameCourse();
            int messages = 0;
            for (int at = 0; at < bytes.length; at += size) {
                messages += course.follow(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
            }
            assertThat(messages).as("in pieces of %d", size).isEqualTo(2);
            assertThat(course.mayInsert()).isTrue();
            assertThat(course.hasClosed()).isFalse();
        }
    }

    @Test
    void theEndOfTheLastWholeFrameIsKnown() {
        byte[] bytes = all(frame(0x82, 3, false), frame(0x01, 200, true), frame(0x80, 5, false));
        int second = 5 + 208;
        for (int cut = 0; cut <= bytes.length; cut++) {
            FrameCourse course = new FrameCourse();
            int _ = course.follow(Arrays.copyOf(bytes, cut));
            int expected = cut < 5 ? 0 : cut < second ? 5 : cut < bytes.length ? second : cut;
            assertThat(course.wholeBytes()).as("%d bytes", cut).isEqualTo(expected);
            int _ = course.follow(Arrays.copyOfRange(bytes, cut, bytes.length));
            assertThat(course.wholeBytes()).isEqualTo(bytes.length - cut);
        }
    }

    @Test
    void nothingMayComeBehindACloseFrame() {
        FrameCourse course = new FrameCourse();
        byte[] close = frame(0x88, 2, false);
        assertThat(course.follow(Arrays.copyOf(close, 3))).isZero();
        assertThat(course.hasClosed()).isFalse();
        assertThat(course.follow(new byte[1])).isZero();
        assertThat(course.hasClosed()).isTrue();
        assertThat(course.mayInsert()).isFalse();
    }

    @Test
    void aLengthBeyondAllLosesTheCourseAndNothingElse() {
        FrameCourse course = new FrameCourse();
        assertThat(course.follow(new byte[] {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3}))
                .isZero();
        assertThat(course.follow(frame(0x82, 5, false))).isZero();
        assertThat(course.mayInsert()).isFalse();
    }
}
