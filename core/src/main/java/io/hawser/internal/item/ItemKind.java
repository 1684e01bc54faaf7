package io.hawser.internal.item;

import java.util.Locale;

/// What an item is.
public enum ItemKind {
    NULL,
    BOOL,
    INTEGER,
    FLOAT,
    TEXT,
    BYTES,
    LIST,
    MAP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
