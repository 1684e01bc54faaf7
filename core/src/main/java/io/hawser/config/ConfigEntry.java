package io.hawser.config;

/// One effective setting.
///
/// @param key such as `network.io.threads`
/// @param text its value as a file would say it; of a secret, stars
/// @param origin who says so: `default`, `hub.conf:12`, or the name of a variable or property
/// @param isDefault whether nobody has changed it
public record ConfigEntry(String key, String text, String origin, boolean isDefault) {
    /// As a line of a file, with the origin as its comment.
    @Override
    public String toString() {
        return key + " = " + text + "  # " + origin;
    }
}
