package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;

/// Undoes [Compressing]. What a message declares is checked against the limit before anything is allocated, and what
/// it holds against what it declares.
public final class Inflating implements Transform {
    private final BlockCodec codec;
    private final StageContext context;

    public Inflating(BlockCodec codec, StageContext context) {
        this.codec = codec;
        this.context = context;
    }

    @Override
    public Bytes apply(int frameType, long sequence, Bytes message) {
        if (message.isEmpty()) throw context.malformed("too short");
        byte form = message.at(0);
        if (form == Compressing.STORED) return message.slice(1, message.size());
        if (form != Compressing.COMPRESSED) throw context.malformed("neither stored nor compressed");
        if (message.size() < Compressing.BLOCK_AT) throw context.malformed("too short");
        long declared = Integer.toUnsignedLong(message.asByteBuffer().getInt(1));
        if (declared > context.maxPlainBytes()) throw context.inflatesOverLimit();
        byte[] payload = new byte[(int) declared];
        Bytes block = message.slice(Compressing.BLOCK_AT, message.size());
        if (!codec.inflate(block, payload)) throw context.malformed("does not inflate to what it declares");
        return Bytes.wrap(payload);
    }
}
