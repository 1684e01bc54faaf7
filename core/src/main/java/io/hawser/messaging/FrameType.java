package io.hawser.messaging;

import java.util.Optional;

/// The types of MSGI frames.
public enum FrameType {
    /// 0 to 125 bytes, which the answering PONG returns.
    PING(0x0001),
    PONG(0x0002),
    /// One message.
    DATA(0x0010),
    /// Session mode: greetings and requests, a map in CBOR.
    CONTROL(0x0020),
    /// What was wrong, before the sender closes: a map of code, msg and retry in CBOR.
    ERROR(0x0030),
    /// Empty; only shows that the sender lives.
    HEARTBEAT(0x0040),
    /// Goodbye, before the sender closes: a map of code, msg and retry in CBOR.
    DISCONNECT(0x0050);

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /// The 16-bit number on the wire.
    public int code() {
        return code;
    }

    /// The type of that number, if it is one.
    public static Optional<FrameType> of(int code) {
        return Optional.ofNullable(
                switch (code) {
                    case 0x0001 -> PING;
                    case 0x0002 -> PONG;
                    case 0x0010 -> DATA;
                    case 0x0020 -> CONTROL;
                    case 0x0030 -> ERROR;
                    case 0x0040 -> HEARTBEAT;
                    case 0x0050 -> DISCONNECT;
                    default -> null;
                });
    }
}
