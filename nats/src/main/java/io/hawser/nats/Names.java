package io.hawser.nats;

import io.hawser.cluster.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The names that a cluster has in NATS, all below one prefix.
///
/// A segment of a topic becomes one token of a subject: ASCII letters, digits, `-` and `_` stand for
/// themselves, any other byte of its UTF-8 form for `=` and two hexadecimal digits. So no topic reaches
/// another's subject, a wildcard, or a subject of NATS itself, and each subject is that of one topic.
record Names(String prefix) {
    private static final String HEX = "0123456789ABCDEF";

    String stream() {
        return prefix + "-log";
    }

    String logs() {
        return prefix + ".log.>";
    }

    String log(Topic topic) {
        return prefix + ".log." + encode(topic.name());
    }

    String lives() {
        return prefix + ".live.>";
    }

    String live(Topic topic) {
        return prefix + ".live." + encode(topic.name());
    }

    String node(String name) {
        return prefix + ".node." + token(name);
    }

    String nodes() {
        return prefix + "-nodes";
    }

    String key() {
        return prefix + "-key";
    }

    String presence() {
        return prefix + "-presence";
    }

    String rates(String limit) {
        return prefix + "-rates-" + limit;
    }

    /// The topic of a subject of [#log] or [#live].
    Topic topic(String subject) {
        int start = subject.indexOf('.', prefix.length() + 1) + 1;
        return Topic.of(decode(subject.substring(start)));
    }

    /// Any text, as one token.
    static String token(String text) {
        return encode(text).replace(".", "=2E");
    }

    private static String encode(String name) {
        StringBuilder encoded = new StringBuilder(name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == '-'
                    || b == '_'
                    || b == '.';
            if (isPlain) encoded.append((char) b);
            else encoded.append('=').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
        }
        return encoded.toString();
    }

    static String decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '=') {
                bytes.write(Integer.parseInt(encoded, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
