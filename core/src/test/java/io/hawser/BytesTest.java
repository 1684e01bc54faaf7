package io.hawser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    private final Bytes bytes = Bytes.copyOf(new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    private final Bytes slice = bytes.slice(2, 5);

    @Test
    void aCopyDoesNotSeeLaterWrites() {
        byte[] array = {1, 2, 3};
        Bytes copy = Bytes.copyOf(array);
        Bytes wrapped = Bytes.wrap(array);
        array[0] = 9;
        assertThat(copy.toHex()).isEqualTo("010203");
        assertThat(wrapped.toHex()).isEqualTo("090203");
    }

    @Test
    void aCopyOfABufferLeavesItsPosition() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
        assertThat(Bytes.copyOf(buffer).toHex()).isEqualTo("0203");
        assertThat(buffer.remaining()).isEqualTo(2);
        assertThat(Bytes.copyOf(ByteBuffer.allocateDirect(3)).toHex()).isEqualTo("000000");
    }

    @Test
    void nothingIsOneObjectHoweverItIsMade() {
        assertThat(Bytes.copyOf()).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.copyOf(ByteBuffer.allocate(0))).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.wrap(new byte[0])).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.ofUtf8("")).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.ofHex("")).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.concat()).isSameAs(Bytes.EMPTY);
        assertThat(bytes.slice(3, 3)).isSameAs(Bytes.EMPTY);
        assertThat(Bytes.EMPTY.isEmpty()).isTrue();
        assertThat(Bytes.EMPTY).hasToString("Bytes[0]");
    }

    @Test
    void aSliceIsReadFromItsOwnBeginning() {
        assertThat(slice.size()).isEqualTo(3);
        assertThat(slice.at(0)).isEqualTo((byte) 2);
        assertThat(slice.at(2)).isEqualTo((byte) 4);
        assertThat(slice.toHex()).isEqualTo("020304");
        assertThat(slice.toArray()).containsExactly(2, 3, 4);
        assertThat(slice.slice(1, 3).toHex()).isEqualTo("0304");
        assertThat(bytes.slice(0, 8)).isSameAs(bytes);
    }

    @ParameterizedTest
    @CsvSource({"-1, 2", "0, 4", "3, 2", "4, 4", "2147483647, -2147483648"})
    void aSliceOutsideTheBytesIsRefused(int from, int to) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.slice(from, to));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anIndexOutsideTheSliceIsRefusedThoughItsParentHasIt(int index) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.at(index));
    }

    @Test
    void equalityIsThatOfTheContent() {
        assertThat(slice).isEqualTo(Bytes.copyOf((byte) 2, (byte) 3, (byte) 4)).hasSameHashCodeAs(slice.compact());
        assertThat(slice).isNotEqualTo(bytes.slice(2, 6)).isNotEqualTo(bytes.slice(3, 6));
        assertThat(slice).isNotEqualTo("020304");
    }

    @Test
    void aCompactCopyKeepsNoParent() {
        Bytes compact = slice.compact();
        assertThat(compact).isEqualTo(slice).isNotSameAs(slice);
        assertThat(compact.compact()).isSameAs(compact);
        assertThat(bytes.compact()).isSameAs(bytes);
    }

    @Test
    void partsAreJoinedInOrder() {
        assertThat(Bytes.concat(slice, Bytes.EMPTY, bytes.slice(7, 8)).toHex()).isEqualTo("02030407");
    }

    @Test
    void bytesAreCopiedIntoArraysAndBuffers() {
        byte[] target = new byte[5];
        slice.copyTo(target, 1);
        assertThat(target).containsExactly(0, 2, 3, 4, 0);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> slice.copyTo(target, 3));
        ByteBuffer buffer = ByteBuffer.allocateDirect(4).position(1);
        slice.copyTo(buffer);
        assertThat(buffer.position()).isEqualTo(4);
        assertThat(buffer.get(3)).isEqualTo((byte) 4);
        assertThatExceptionOfType(BufferOverflowException.class).isThrownBy(() -> slice.copyTo(buffer));
    }

    @Test
    void aViewCannotBeWrittenNorReachThePartsAround() {
        ByteBuffer view = slice.asByteBuffer();
        assertThat(view.position()).isZero();
        assertThat(view.capacity()).isEqualTo(3);
        assertThat(view.get(0)).isEqualTo((byte) 2);
        assertThat(view.hasArray()).isFalse();
        assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> view.put(0, (byte) 1));
        assertThat(slice.asByteBuffer().position()).isZero();
    }

    @Test
    void textIsUtf8BothWays() {
        assertThat(Bytes.ofUtf8("aä€😀").toHex()).isEqualTo("61c3a4e282acf09f9880");
        assertThat(Bytes.ofHex("61C3a4e282acf09f9880").toUtf8()).isEqualTo("aä€😀");
        assertThat(Bytes.ofUtf8("\ud83d").toUtf8()).isEqualTo("?");
        assertThat(Bytes.ofHex("61ff62c3").toUtf8()).isEqualTo("a\ufffdb\ufffd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0g", "0x00", " 00", "00 "})
    void whatIsNotHexadecimalIsRefused(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofHex(hex));
    }

    @Test
    void aLogLineShowsSixteenBytesAtMost() {
        byte[] content = new byte[17];
        Arrays.fill(content, (byte) 0xab);
        assertThat(Bytes.wrap(content)).hasToString("Bytes[17: " + "ab".repeat(16) + "…]");
        assertThat(Bytes.wrap(content).slice(0, 16)).hasToString("Bytes[16: " + "ab".repeat(16) + "]");
        assertThat(slice).hasToString("Bytes[3: 020304]");
    }
}
