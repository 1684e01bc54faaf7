package io.hawser.messaging;

import java.util.HexFormat;
import java.util.Map;

/// Containers for people to read: bounded, so that a log line cannot spill a payload.
final class ContainerText {
    private static final int MAX_CHARS = 1000;
    private static final int MAX_STRING_CHARS = 48;
    private static final String CUT = "…";

    private final StringBuilder out = new StringBuilder();

    private ContainerText() {}

    /// Shape: `order v2 from shop/1 to desk {qty=3:int32, name="pen", sizes=[1:int8, 2:int8]}`.
    static String of(Value value) {
        ContainerText text = new ContainerText();
        text.append(value);
        if (text.full()) {
            text.out.setLength(MAX_CHARS);
            text.out.append(CUT);
        }
        return text.out.toString();
    }

    private boolean full() {
        return out.length() > MAX_CHARS;
    }

    private void append(Value value) {
        switch (value) {
            case Value.Null _ -> out.append("null");
            case Value.Bool(boolean bool) -> out.append(bool);
            case Value.Int8(byte n) -> number(n, value);
            case Value.Int16(short n) -> number(n, value);
            case Value.Int32(int n) -> number(n, value);
            case Value.Int64(long n) -> number(n, value);
            case Value.Float32(float n) -> number(n, value);
            case Value.Float64(double n) -> number(n, value);
            case Value.Text(String text) -> quoted(text);
            case Value.Binary(var bytes) -> out.append(bytes);
            case Value.Items items -> append(items);
            case Container container -> append(container);
        }
    }

    private void append(Value.Items items) {
        out.append('[');
        String separator = "";
        for (Value item : items.values()) {
            if (full()) return;
            out.append(separator);
            append(item);
            separator = ", ";
        }
        out.append(']');
    }

    private void append(Container container) {
        shortened(container.type());
        if (container.version() != 1) out.append(" v").append(container.version());
        party(" from ", container.source());
        party(" to ", container.target());
        out.append(" {");
        String separator = "";
        for (Map.Entry<String, Value> entry : container.values().entrySet()) {
            if (full()) return;
            out.append(separator);
            shortened(entry.getKey());
            out.append('=');
            append(entry.getValue());
            separator = ", ";
        }
        out.append('}');
    }

    private void party(String label, Party party) {
        if (party.isNone()) return;
        out.append(label);
        shortened(party.toString());
    }

    private void number(Number number, Value value) {
        out.append(number).append(':').append(value.kind());
    }

    private void quoted(String text) {
        out.append('"');
        shortened(text);
        out.append('"');
    }

    private void shortened(String text) {
        int shown = Math.min(text.length(), MAX_STRING_CHARS);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            // A peer's line break in a log would look like another entry.
            if (Character.isISOControl(c))
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            else out.append(c);
        }
        if (shown < text.length()) out.append(CUT);
    }
}
