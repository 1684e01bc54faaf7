package io.hawser.internal.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void theOrderOfTextsIsThatOfTheirEncodedForms() {
        Random random = new Random(4);
        List<String> texts = new ArrayList<>();
        int[] points = {'a', 'b', 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(4); n > 0; n--) text.appendCodePoint(points[random.nextInt(points.length)]);
            texts.add(text.toString());
        }
        Comparator<String> encoded = (a, b) -> {
            byte[] x = a.getBytes(StandardCharsets.UTF_8);
            byte[] y = b.getBytes(StandardCharsets.UTF_8);
            return x.length != y.length ? x.length - y.length : Arrays.compareUnsigned(x, y);
        };
        for (String a : texts) {
            assertThat(Utf8.size(a)).isEqualTo(Bytes.ofUtf8(a).size());
            for (String b : texts) {
                assertThat(Integer.signum(Utf8.compare(a, b))).isEqualTo(Integer.signum(encoded.compare(a, b)));
            }
        }
    }

    @Test
    void aLongPathIsCut() {
        ItemPath path = new ItemPath();
        for (int i = 0; i < 100; i++) {
            path.enter("x".repeat(100));
            path.enter(i);
        }
        assertThat(path.toString()).startsWith("x".repeat(64) + "…[0].xxx").hasSizeLessThan(700);
        for (int i = 0; i < 199; i++) path.leave();
        path.leave();
        path.enter("order");
        path.enter("items");
        path.enter(2);
        assertThat(path).hasToString("order.items[2]");
    }
}
