package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Direction;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import io.hawser.messaging.Stage;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/// Writes `pipeline-vectors.json`: fixed keys and nonces, and what each stage makes of three messages in a row, with a
/// key rotation after the first. The script `conformance/python/pipeline_vectors.py` checks them without Hawser.
final class PipelineVectors {
    static final String FIRST_KEY = "k1";
    static final String SECOND_KEY = "2026-11";
    private static final List<Bytes> PAYLOADS = List.of(
            Bytes.ofUtf8("hello, hawser"),
            Bytes.ofUtf8("{\"topic\":\"room.42\",\"d\":{\"text\":\"ahoy\"}},".repeat(10)),
            Bytes.EMPTY);

    private PipelineVectors() {}

    /// Writes the file that is the only argument.
    public static void main(String[] args) throws Exception {
        byte[] json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(all());
        Files.writeString(Path.of(args[0]), new String(json, StandardCharsets.UTF_8) + "\n");
    }

    static KeyRing keys() {
        return KeyRing.of(FIRST_KEY, secret(FIRST_KEY)).add(SECOND_KEY, secret(SECOND_KEY));
    }

    /// 32 bytes that count up, and 48 that count down.
    static byte[] secret(String id) {
        byte[] secret = new byte[id.equals(FIRST_KEY) ? 32 : 48];
        for (int i = 0; i < secret.length; i++) secret[i] = (byte) (id.equals(FIRST_KEY) ? i : 255 - i);
        return secret;
    }

    static Bytes nonce(Role role) {
        byte[] nonce = new byte[PipelineOffer.NONCE_BYTES];
        Arrays.fill(nonce, (byte) (role == Role.CLIENT ? 0xC1 : 0x5E));
        return Bytes.wrap(nonce);
    }

    static Stage stage(String name, KeyRing keys) {
        return switch (name) {
            case "deflate" -> Compression.deflate();
            case "zstd" -> Compression.zstd();
            case "lz4" -> Compression.lz4();
            case "aes-256-gcm" -> Encryption.aes256Gcm(keys);
            case "chacha20-poly1305" -> Encryption.chaCha20Poly1305(keys);
            case "hmac-sha256" -> Signing.hmacSha256(keys);
            default -> throw new IllegalArgumentException(name);
        };
    }

    static BoundPipeline bind(Pipeline pipeline, Role role, long firstSequence) {
        StageBinder binder = new StageBinder(
                role, nonce(Role.CLIENT), nonce(Role.SERVER), role.toString(), BoundPair.LIMIT, firstSequence);
        return new BoundPipeline(pipeline, binder);
    }

    private static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("version", PipelineOffer.VERSION);
        all.put("frameType", BoundPair.DATA);
        all.put("clientNonce", nonce(Role.CLIENT).toHex());
        all.put("serverNonce", nonce(Role.SERVER).toHex());
        Map<String, String> keys = new LinkedHashMap<>();
        for (String id : List.of(FIRST_KEY, SECOND_KEY))
            keys.put(id, Bytes.wrap(secret(id)).toHex());
        all.put("keys", keys);
        String[] each = {"deflate", "zstd", "lz4", "aes-256-gcm", "chacha20-poly1305", "hmac-sha256"};
        List<Object> pipelines = new ArrayList<>();
        for (String name : each) pipelines.add(pipeline(Role.CLIENT, 0, name));
        for (String name : each) if (name.contains("-")) pipelines.add(pipeline(Role.SERVER, 0, name));
        pipelines.add(pipeline(Role.CLIENT, 0, "deflate", "aes-256-gcm"));
        pipelines.add(pipeline(Role.SERVER, 0, "lz4", "hmac-sha256"));
        pipelines.add(pipeline(Role.CLIENT, 0, each));
        pipelines.add(pipeline(Role.SERVER, (1L << MessageKey.GENERATION_BITS) - 1, "aes-256-gcm", "hmac-sha256"));
        all.put("pipelines", pipelines);
        return all;
    }

    private static Map<String, Object> pipeline(Role sender, long firstSequence, String... stages) {
        KeyRing keys = keys();
        List<Bytes> steps = new ArrayList<>();
        List<Stage> tapped = new ArrayList<>();
        for (String name : stages) {
            tapped.add(stage(name, keys));
            tapped.add(new Tap(steps));
        }
        BoundPipeline bound = bind(Pipeline.of(tapped.toArray(Stage[]::new)), sender, firstSequence);
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < PAYLOADS.size(); i++) {
            steps.clear();
            Bytes wire = bound.outbound(BoundPair.DATA, PAYLOADS.get(i));
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("sequence", firstSequence + i);
            message.put("plain", PAYLOADS.get(i).toHex());
            message.put("steps", steps(List.of(stages), steps, sender.sends(), firstSequence + i, keys.current()));
            message.put("wire", wire.toHex());
            messages.add(message);
            keys.rotateTo(SECOND_KEY);
        }
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("stages", stages);
        pipeline.put("direction", sender.sends());
        pipeline.put("messages", messages);
        return pipeline;
    }

    private static List<Object> steps(
            List<String> stages, List<Bytes> outputs, Direction direction, long sequence, String keyId) {
        List<Object> steps = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            Map<String, Object> step = new LinkedHashMap<>();
            step.put("stage", stages.get(i));
            if (stages.get(i).contains("-")) step.putAll(key(stages, i, direction, sequence, keyId));
            step.put("output", outputs.get(i).toHex());
            steps.add(step);
        }
        return steps;
    }

    /// How the key of one step comes about.
    static Map<String, Object> key(
            List<String> stages, int position, Direction direction, long sequence, String keyId) {
        Bytes label = StageBinder.label(stages, position, direction);
        boolean cipher = !stages.get(position).equals("hmac-sha256");
        StageContext context = new StageContext(
                "", stages.get(position), direction, nonce(Role.CLIENT), nonce(Role.SERVER), label, BoundPair.LIMIT);
        Secrets secrets = Secrets.of(keyId, secret(keyId));
        MessageKey key = MessageKey.derive(secrets, secrets.current(), sequence, context, "any", cipher)
                .orElseThrow();
        byte[] info = MessageKey.info(label, MessageKey.header(keyId), sequence >>> MessageKey.GENERATION_BITS);
        Map<String, Object> derived = new LinkedHashMap<>();
        derived.put("key", keyId);
        derived.put("info", Bytes.wrap(info).toHex());
        derived.put("derivedKey", Bytes.copyOf(key.key().getEncoded()).toHex());
        if (cipher) derived.put("nonce", Bytes.wrap(key.nonce(sequence)).toHex());
        derived.put(
                "associated",
                Bytes.copyOf(key.associated(BoundPair.DATA, sequence)).toHex());
        return derived;
    }

    /// Records what passes it.
    private record Tap(List<Bytes> seen) implements Stage {
        @Override
        public String name() {
            return "tap";
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public Transform sending(StageContext context) {
            return (frameType, sequence, payload) -> {
                seen.add(payload);
                return payload;
            };
        }

        @Override
        public Transform receiving(StageContext context) {
            return (frameType, sequence, payload) -> payload;
        }
    }
}
