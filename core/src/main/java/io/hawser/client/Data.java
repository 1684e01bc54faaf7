package io.hawser.client;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a message carries: any value that JSON has, or bytes.
///
/// Thread: immutable, safe from any.
public final class Data {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MALFORMED = 4004;

    private final JsonNode node;

    private Data(JsonNode node) {
        this.node = node;
    }

    public static Data text(String text) {
        return new Data(JsonNodeFactory.instance.stringNode(text));
    }

    public static Data bytes(Bytes bytes) {
        return new Data(JsonNodeFactory.instance.binaryNode(bytes.toArray()));
    }

    /// The value that the JSON of `value` stands for: of records, lists, maps, numbers and so on.
    ///
    /// @throws IllegalArgumentException if it has none
    public static Data of(Object value) {
        try {
            return new Data(JSON.valueToTree(value));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no JSON: " + e.getOriginalMessage(), e);
        }
    }

    static Data ofNode(JsonNode node) {
        return new Data(node);
    }

    JsonNode node() {
        return node;
    }

    /// The text, if it is one.
    public Optional<String> asText() {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    /// The bytes, if it is some.
    public Optional<Bytes> asBytes() {
        return node.isBinary() ? Optional.of(Bytes.wrap(node.binaryValue())) : Optional.empty();
    }

    /// The value, as a record or class that fits it.
    ///
    /// @throws ProtocolError if it does not
    public <T> T as(Class<T> type) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JacksonException e) {
            throw new ProtocolError(
                    MALFORMED, "no " + type.getSimpleName() + ": " + e.getOriginalMessage(), "hawser.v1");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Data that && node.equals(that.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /// Its JSON; bytes in base64.
    @Override
    public String toString() {
        return node.isBinary() ? Base64.getEncoder().encodeToString(node.binaryValue()) : node.toString();
    }
}
