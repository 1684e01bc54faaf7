package io.hawser.hub.alerts;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// What to tell of, and whom.
///
/// @param name that logs and people know it by
/// @param when what is too much or too little
/// @param over the time that a rate or ratio is of, or that a level has to last: at most an hour
/// @param webhook where news is posted to as JSON
public record AlertRule(String name, AlertCondition when, Duration over, Optional<URI> webhook) {
    private static final Duration LONGEST = Duration.ofHours(1);

    public AlertRule {
        if (!over.isPositive() || over.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("over " + over + ": above zero, at most " + LONGEST);
        }
    }

    /// Without the webhook, whose path is often its secret.
    @Override
    public String toString() {
        return name + " (" + when + " over " + over.toSeconds() + " s)";
    }
}
