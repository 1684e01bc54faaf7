package io.hawser.internal.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder;
import io.netty.util.ByteProcessor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;

/// What Netty's codec does within its handlers, without the handlers, so that like stands beside like.
///
/// It is private there. Constant method handles are as good as calls to the JIT, and these reach it on the
/// class path only.
final class NettyInside {
    private static final MethodHandle UNMASK;
    private static final VarHandle MASK;
    private static final MethodHandle NEW_VALIDATOR;
    private static final MethodHandle CHECK;
    private static final MethodHandle FINISH;

    static {
        try {
            Class<?> decoder = WebSocket08FrameDecoder.class;
            var inDecoder = MethodHandles.privateLookupIn(decoder, MethodHandles.lookup());
            UNMASK = inDecoder.findVirtual(decoder, "unmask", MethodType.methodType(void.class, ByteBuf.class));
            MASK = inDecoder.findVarHandle(decoder, "mask", int.class);
            Class<?> validator = inDecoder.findClass("io.netty.handler.codec.http.websocketx.Utf8Validator");
            var inValidator = MethodHandles.privateLookupIn(validator, MethodHandles.lookup());
            NEW_VALIDATOR = inValidator
                    .findConstructor(validator, MethodType.methodType(void.class))
                    .asType(MethodType.methodType(ByteProcessor.class));
            CHECK = inValidator
                    .findVirtual(validator, "check", MethodType.methodType(void.class, ByteBuf.class))
                    .asType(MethodType.methodType(void.class, ByteProcessor.class, ByteBuf.class));
            FINISH = inValidator
                    .findVirtual(validator, "finish", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, ByteProcessor.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private NettyInside() {}

    /// Applies `mask` to what is readable.
    static void unmask(WebSocket08FrameDecoder decoder, int mask, ByteBuf payload) {
        try {
            MASK.set(decoder, mask);
            UNMASK.invokeExact(decoder, payload);
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    static ByteProcessor validator() {
        try {
            return (ByteProcessor) NEW_VALIDATOR.invokeExact();
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Whether what is readable is UTF-8 from its beginning to its end.
    static boolean isUtf8(ByteProcessor validator, ByteBuf text) {
        try {
            CHECK.invokeExact(validator, text);
            FINISH.invokeExact(validator);
            return true;
        } catch (Throwable isNot) {
            return false;
        }
    }
}
