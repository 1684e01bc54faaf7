package io.hawser.hub.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// A line for people: time, level, the last part of the logger's name, thread, message, and what the context
/// says (`request=ID`, `session=ID`). What was thrown follows, all of it but its first line indented.
///
/// What is logged may come from a peer, so nothing in it begins a line or commands a terminal: control
/// characters are written as escapes.
///
/// Thread: safe from any.
final class PlainLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};
    private static final int LEVEL_CHARS = 5;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder out = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), out);
        String level = event.getLevel().toString();
        out.append(' ').append(level).repeat(' ', Math.max(0, LEVEL_CHARS - level.length()));
        String logger = event.getLoggerName();
        out.append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
        escape(" [" + event.getThreadName() + "] " + event.getFormattedMessage(), out);
        event.getMDCPropertyMap().forEach((name, value) -> escape(' ' + name + '=' + value, out));
        out.append('\n');
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) stack(ThrowableProxyUtil.asString(thrown), out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void stack(String trace, StringBuilder out) {
        Iterator<String> lines = trace.lines().iterator();
        for (boolean isFirst = true; lines.hasNext(); isFirst = false) {
            String line = lines.next();
            if (!isFirst && !line.startsWith("\t")) out.append('\t');
            escape(line, out);
            out.append('\n');
        }
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') out.append("\\n");
            else if (c == '\r') out.append("\\r");
            else if (c == '\\') out.append("\\\\");
            else if (c != '\t' && isHidden(c)) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
    }

    private static boolean isHidden(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
