package io.hawser.hub.http;

import java.util.List;

/// One item of a request on the command line, in the notation of HTTPie.
///
/// @param separator what stands between name and value and so says what the item is; the first in the text
///     counts, and of two that begin there the longer
record Item(String name, Separator separator, String value) {
    /// What an item is.
    enum Separator {
        JSON(":="),
        QUERY("=="),
        FIELD("="),
        HEADER(":"),
        FILE("@");

        private final String text;

        Separator(String text) {
            this.text = text;
        }
    }

    /// @throws IllegalArgumentException if `text` is none
    static Item parse(String text) {
        for (int at = 0; at < text.length(); at++) {
            for (Separator separator : Separator.values()) {
                if (!text.startsWith(separator.text, at)) continue;
                String name = text.substring(0, at);
                if (name.isEmpty() && separator != Separator.FILE) break;
                return new Item(name, separator, text.substring(at + separator.text.length()));
            }
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no item: Header:value, name==query, field=text, field:=json, @file");
    }

    static List<Item> all(List<String> texts) {
        return texts.stream().map(Item::parse).toList();
    }

    /// Whether it is a part of the body.
    boolean isContent() {
        return separator != Separator.HEADER && separator != Separator.QUERY;
    }
}
