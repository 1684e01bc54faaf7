package io.hawser.conformance.http1;

import io.hawser.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The table of raw requests and their verdicts, whose head tells its notation.
final class RequestTable {
    private static final String FILE = "/http1-requests.txt";

    private RequestTable() {}

    /// @param bodiless for each status, whether its answer has no body
    record Row(String name, Bytes request, List<Integer> statuses, List<Boolean> bodiless, boolean staysOpen) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        try (InputStream in = Objects.requireNonNull(RequestTable.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .map(RequestTable::row)
                            .toList()
                            .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != 3) throw new IllegalArgumentException("not three parts: " + line);
        List<String> verdict = new ArrayList<>(Arrays.asList(parts[2].strip().split(" ", -1)));
        String fate = verdict.removeLast();
        if (!fate.equals("open") && !fate.equals("close")) throw new IllegalArgumentException("no fate: " + line);
        return new Row(
                parts[0].strip(),
                Bytes.wrap(octets(parts[1].strip())),
                verdict.stream()
                        .map(status -> Integer.valueOf(status.replace("-", "")))
                        .toList(),
                verdict.stream().map(status -> status.endsWith("-")).toList(),
                fate.equals("open"));
    }

    private static byte[] octets(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '{') {
                int end = text.indexOf('}', at);
                int star = text.lastIndexOf('*', end);
                byte[] once = octets(text.substring(at + 1, star));
                int times = Integer.parseInt(text.substring(star + 1, end));
                for (int i = 0; i < times; i++) out.writeBytes(once);
                at = end + 1;
            } else if (c == '\\') {
                boolean isHex = text.charAt(at + 1) == 'x';
                out.write(isHex ? Integer.parseInt(text.substring(at + 2, at + 4), 16) : escaped(text.charAt(at + 1)));
                at += isHex ? 4 : 2;
            } else {
                out.writeBytes(c == '↵' ? new byte[] {'\r', '\n'} : new byte[] {(byte) c});
                at++;
            }
        }
        return out.toByteArray();
    }

    private static int escaped(char c) {
        return switch (c) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            case '0' -> 0;
            case 's' -> ' ';
            case 'p' -> '|';
            case '\\' -> '\\';
            default -> throw new IllegalArgumentException("no escape: " + c);
        };
    }
}
