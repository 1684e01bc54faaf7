package io.hawser.nats;

import io.hawser.cluster.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

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
        return prefix + ".node." + part(name);
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

    /// The topic of a subject of [#log] or [#live]; empty where it is none that they give.
    Optional<Topic> topic(String subject) {
        int start = subject.indexOf('.', prefix.length() + 1) + 1;
        String encoded = subject.substring(start);
        return decode(encoded).filter(name -> encode(name).equals(encoded)).flatMap(Names::named);
    }

    static Optional<Topic> named(String name) {
        try {
            return Optional.of(Topic.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The text of a [#part]; empty where it is none.
    static Optional<String> text(String part) {
        return decode(part).filter(text -> part(text).equals(part));
    }

    /// Any text, as one part of a subject.
    static String part(String text) {
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

    /// Whoever calls it looks whether the same comes back: of two subjects only one is that of a topic.
    private static Optional<String> decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '=') {
                int high = i + 2 < encoded.length() ? HEX.indexOf(encoded.charAt(i + 1)) : -1;
                int low = high < 0 ? -1 : HEX.indexOf(encoded.charAt(i + 2));
                if (low < 0) return Optional.empty();
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }
}
