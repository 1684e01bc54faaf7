package io.hawser.internal.link;

import io.hawser.tcp.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// Feeds a framing as a link does, in pieces.
public final class FramingDriver<F> implements FrameDecoder.Target<F> {
    private final Framing<F> framing;
    private final ByteBuf waiting = Unpooled.buffer();
    private final List<F> frames = new ArrayList<>();

    public FramingDriver(Framing<F> framing) {
        this.framing = framing;
    }

    public FramingDriver<F> feed(byte... piece) {
        int seen = waiting.readableBytes();
        waiting.writeBytes(piece);
        if (piece.length > 0) FrameDecoder.decode(waiting, seen, this);
        return this;
    }

    public List<F> frames() {
        return frames;
    }

    public int unread() {
        return waiting.readableBytes();
    }

    @Override
    public Framing<F> framing() {
        return framing;
    }

    @Override
    public void accept(F frame) {
        frames.add(frame);
    }

    @Override
    public boolean mayDecode() {
        return true;
    }

    public static <F> byte[] encode(Framing<F> framing, List<F> frames) {
        ByteBuf all = Unpooled.buffer();
        for (F frame : frames) {
            int size = framing.encodedSize(frame);
            all.ensureWritable(Math.max(1, size));
            FrameDecoder.encode(framing, frame, size, all);
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    /// What came out of each way to cut `input`: in two at every place, byte by byte, and at random.
    public static <F, T> List<T> cuts(
            Framing<F> framing, byte[] input, RandomGenerator random, Function<FramingDriver<F>, T> seen) {
        List<T> all = new ArrayList<>();
        for (int cut = 0; cut <= input.length; cut++) {
            all.add(seen.apply(fed(framing, input, List.of(cut))));
        }
        List<Integer> everywhere = new ArrayList<>();
        for (int at = 1; at < input.length; at++) everywhere.add(at);
        all.add(seen.apply(fed(framing, input, everywhere)));
        for (int round = 0; round < 50 && input.length > 0; round++) {
            List<Integer> places = random.ints(random.nextInt(6), 0, input.length)
                    .sorted()
                    .boxed()
                    .toList();
            all.add(seen.apply(fed(framing, input, places)));
        }
        return all;
    }

    private static <F> FramingDriver<F> fed(Framing<F> framing, byte[] input, List<Integer> cuts) {
        FramingDriver<F> driver = new FramingDriver<>(framing);
        int from = 0;
        for (int cut : cuts) {
            driver.feed(Arrays.copyOfRange(input, from, cut));
            from = cut;
        }
        return driver.feed(Arrays.copyOfRange(input, from, input.length));
    }
}
