package io.hawser.internal.http.cache;

import io.hawser.Bytes;
import io.hawser.http.CacheEntry;
import io.hawser.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// The variants of one URL in a file: a mark, the key, the entries, and a checksum over all of it.
///
/// Shape: numbers are big-endian, texts are UTF-8 with their length before them in 32 bits. Source: of this
/// project
final class EntryFormat {
    private static final int MARK = 0x48574331;

    private EntryFormat() {}

    /// What a file holds.
    record Content(String key, List<CacheEntry> variants) {}

    static Bytes write(String key, List<CacheEntry> variants) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MARK);
            text(out, key);
            out.writeInt(variants.size());
            for (CacheEntry entry : variants) write(out, entry);
            out.flush();
            out.writeInt((int) checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    private static void write(DataOutputStream out, CacheEntry entry) throws IOException {
        out.writeShort(entry.status());
        out.writeLong(entry.requested().toEpochMilli());
        out.writeLong(entry.received().toEpochMilli());
        out.writeInt(entry.headers().size());
        List<String> fields = new ArrayList<>();
        entry.headers().forEach((name, value) -> {
            fields.add(name);
            fields.add(value);
        });
        for (String field : fields) text(out, field);
        out.writeInt(entry.variant().size());
        for (Map.Entry<String, String> field : entry.variant().entrySet()) {
            text(out, field.getKey());
            text(out, field.getValue());
        }
        out.writeInt(entry.tags().size());
        for (String tag : entry.tags()) text(out, tag);
        out.writeInt(entry.content().size());
        out.write(entry.content().toArray());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    /// @throws IOException if the bytes are damaged in any way
    static Content read(byte[] bytes) throws IOException {
        if (bytes.length < 16) throw new IOException("cut off");
        int end = bytes.length - 4;
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end));
        int sum = new DataInputStream(new ByteArrayInputStream(bytes, end, 4)).readInt();
        if (sum != (int) checksum(bytes, end)) throw new IOException("wrong checksum");
        if (in.readInt() != MARK) throw new IOException("not of this format");
        try {
            String key = text(in);
            List<CacheEntry> variants = new ArrayList<>();
            for (int i = count(in); i > 0; i--) variants.add(entry(in));
            if (in.available() > 0) throw new IOException(in.available() + " bytes too many");
            return new Content(key, variants);
        } catch (IllegalArgumentException malformed) {
            throw new IOException(malformed);
        }
    }

    private static CacheEntry entry(DataInputStream in) throws IOException {
        int status = in.readShort();
        Instant requested = Instant.ofEpochMilli(in.readLong());
        Instant received = Instant.ofEpochMilli(in.readLong());
        Headers.Builder headers = Headers.builder();
        for (int i = count(in); i > 0; i--) headers.add(text(in), text(in));
        Map<String, String> variant = new LinkedHashMap<>();
        for (int i = count(in); i > 0; i--) variant.put(text(in), text(in));
        List<String> tags = new ArrayList<>();
        for (int i = count(in); i > 0; i--) tags.add(text(in));
        byte[] content = bytes(in);
        return new CacheEntry(status, headers.build(), Bytes.wrap(content), requested, received, variant, tags);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int size = count(in);
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) throw new IOException("cut off");
        return bytes;
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0) throw new IOException("a count below 0");
        return count;
    }

    private static long checksum(byte[] bytes, int end) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        return crc.getValue();
    }
}
