package io.hawser.session;

/// Names one typed attribute of a session. Two keys are never equal, whatever their names.
///
/// Owner: keep it in a constant.
@SuppressWarnings("UnusedTypeParameter") // the type of the value, for who puts and gets it
public final class Key<T> {
    private final String name;

    private Key(String name) {
        this.name = name;
    }

    /// A new key.
    ///
    /// @param name what [#toString()] and errors say
    public static <T> Key<T> of(String name) {
        return new Key<>(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
