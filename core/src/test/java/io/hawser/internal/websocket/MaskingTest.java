package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaskingTest {
    @Test
    void everyLengthAndPlaceIsMaskedByteByByteAndNothingBesideIt() {
        Random random = new Random(3);
        for (int size = 0; size < 70; size++) {
            for (int from = 0; from < 9; from++) {
                byte[] before = new byte[90];
                random.nextBytes(before);
                int mask = random.nextInt();
                ByteBuffer masked = ByteBuffer.allocateDirect(90).put(0, before);
                long bits = Masking.apply(masked, from, from + size, mask);
                boolean ascii = true;
                for (int i = 0; i < 90; i++) {
                    int key = i < from || i >= from + size ? 0 : mask >>> (24 - 8 * ((i - from) & 3));
                    byte expected = (byte) (before[i] ^ key);
                    assertThat(masked.get(i)).isEqualTo(expected);
                    if (i >= from && i < from + size) ascii &= expected >= 0;
                }
                assertThat((bits & Masking.NOT_ASCII) == 0).isEqualTo(ascii);
                assertThat((Masking.gather(masked, from, from + size) & Masking.NOT_ASCII) == 0)
                        .isEqualTo(ascii);
            }
        }
    }

    @Test
    void aMaskGoesOnWhereItStopped() {
        byte[] payload = new byte[40];
        new Random(5).nextBytes(payload);
        for (int cut = 0; cut <= 40; cut++) {
            ByteBuffer whole = ByteBuffer.wrap(payload.clone());
            ByteBuffer parts = ByteBuffer.wrap(payload.clone());
            int mask = 0x37FA213D;
            Masking.apply(whole, 0, 40, mask);
            Masking.apply(parts, 0, cut, mask);
            Masking.apply(parts, cut, 40, Masking.after(mask, cut));
            assertThat(parts).isEqualTo(whole);
        }
    }
}
