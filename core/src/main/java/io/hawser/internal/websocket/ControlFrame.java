package io.hawser.internal.websocket;

import io.hawser.Bytes;

/// A frame that is no message.
///
/// @param payload at most 125 bytes
record ControlFrame(int opcode, Bytes payload) {}
