package io.hawser.hub.msg;

import io.hawser.Bytes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Messages as lines, and lines as messages.
public final class MessageText {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final CBORMapper CBOR = CBORMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int SHOWN_BYTES = 256;

    private MessageText() {}

    /// Text as it is; a map in CBOR as JSON; anything else in hexadecimal, what is long of it cut.
    ///
    /// Text with control characters is not shown as such: it could do anything to a terminal.
    public static String shown(Bytes payload) {
        return text(payload).or(() -> map(payload)).orElseGet(() -> hexadecimal(payload));
    }

    private static Optional<String> text(Bytes payload) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(payload.asByteBuffer())
                    .toString();
            boolean isPlain = text.chars().allMatch(c -> !Character.isISOControl(c) || c == '\n' || c == '\t');
            return isPlain ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> map(Bytes payload) {
        try {
            JsonNode tree = CBOR.readTree(payload.toArray());
            return tree.isObject() ? Optional.of(JSON.writeValueAsString(tree)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String hexadecimal(Bytes payload) {
        if (payload.size() <= SHOWN_BYTES) return "0x" + payload.toHex();
        return "0x" + payload.slice(0, SHOWN_BYTES).toHex() + "... (" + payload.size() + " bytes)";
    }

    /// The request of hawser.v1 that a line stands for, in CBOR: an object in JSON is one, in which what is
    /// base64 under `b` becomes bytes; any other line is said to every session.
    ///
    /// @param id the number of a request that has none, so that it is answered
    /// @throws IOException saying what is wrong with the JSON
    public static Bytes request(Bytes line, long id) throws IOException {
        return !line.isEmpty() && line.at(0) == '{' ? written(line, id) : said(line, id);
    }

    private static Bytes said(Bytes line, long id) {
        ObjectNode request = JSON.createObjectNode().put("id", id);
        ObjectNode body = request.putObject("bcast");
        text(line).ifPresentOrElse(text -> body.put("d", text), () -> body.put("b", line.toArray()));
        return Bytes.wrap(CBOR.writeValueAsBytes(request));
    }

    private static Bytes written(Bytes line, long id) throws IOException {
        try {
            if (!(JSON.readTree(line.toArray()) instanceof ObjectNode request)) {
                throw new IOException("a request is a JSON object");
            }
            if (!request.isEmpty() && !request.has("id")) request.put("id", id);
            for (Map.Entry<String, JsonNode> part : request.properties()) {
                if (part.getValue() instanceof ObjectNode body && body.path("b").isString()) {
                    body.put("b", Base64.getDecoder().decode(body.path("b").asString()));
                }
            }
            return Bytes.wrap(CBOR.writeValueAsBytes(request));
        } catch (JacksonException e) {
            throw new IOException("no JSON: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("b is not base64: " + e.getMessage(), e);
        }
    }
}
