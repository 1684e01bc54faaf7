package io.hawser.policy;

import java.util.Objects;

/// What policies need to know about a call. Make it once for each kind of call, and use it for all of them.
///
/// @param name of the kind of call, for metrics and events, e.g. `find-user`; few and short, never an id.
///     Empty: none
/// @param repeat when it may be done again
/// @param key what a limit by key and a consistent hash go by, e.g. a tenant or a session; empty: none
/// @param classifier what is a success
public record CallTraits(String name, Repeat repeat, String key, Classifier classifier) {
    private static final CallTraits UNNAMED = new CallTraits("", Repeat.UNPROCESSED, "", Classifier.standard());

    public CallTraits {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(repeat, "repeat");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(classifier, "classifier");
    }

    /// No name and no key, repeated only where it surely had no effect, judged by the standard classifier.
    public static CallTraits unnamed() {
        return UNNAMED;
    }

    /// As [#unnamed()], with a name.
    public static CallTraits named(String name) {
        return UNNAMED.withName(name);
    }

    /// May be done twice: it is idempotent or keyed, and what it sends can be sent again.
    public CallTraits repeatable() {
        return withRepeat(Repeat.ALWAYS);
    }

    public CallTraits withName(String name) {
        return new CallTraits(name, repeat, key, classifier);
    }

    public CallTraits withRepeat(Repeat repeat) {
        return new CallTraits(name, repeat, key, classifier);
    }

    public CallTraits withKey(String key) {
        return new CallTraits(name, repeat, key, classifier);
    }

    public CallTraits withClassifier(Classifier classifier) {
        return new CallTraits(name, repeat, key, classifier);
    }
}
