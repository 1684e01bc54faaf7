package io.hawser.internal.item;

import java.util.Arrays;

/// Where a decoder is, such as `order.items[2].price`; built only when an error asks for it.
public final class ItemPath {
    private static final int MAX_NAME_CHARS = 64;
    private static final int MAX_CHARS = 512;

    private Object[] steps = new Object[8];
    private int depth;

    /// Steps into the value of that name.
    public void enter(String name) {
        push(name);
    }

    /// Steps into the value at that index, counted from 0.
    public void enter(int index) {
        push(index);
    }

    public void leave() {
        depth--;
    }

    private void push(Object step) {
        if (depth == steps.length) steps = Arrays.copyOf(steps, depth * 2);
        steps[depth++] = step;
    }

    /// The path, cut where a peer's names would make it long; empty at the root.
    @Override
    public String toString() {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < depth && path.length() < MAX_CHARS; i++) append(path, steps[i]);
        return path.toString();
    }

    /// `path` and then `step`: a name or an index.
    public static String join(String path, Object step) {
        StringBuilder joined = new StringBuilder(path);
        if (joined.length() < MAX_CHARS) append(joined, step);
        return joined.toString();
    }

    private static void append(StringBuilder path, Object step) {
        if (step instanceof Integer index) {
            path.append('[').append((int) index).append(']');
            return;
        }
        if (!path.isEmpty()) path.append('.');
        String name = step.toString();
        if (name.length() <= MAX_NAME_CHARS) path.append(name);
        else path.append(name, 0, MAX_NAME_CHARS).append('…');
    }
}
