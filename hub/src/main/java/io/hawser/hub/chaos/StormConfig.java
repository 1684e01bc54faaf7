package io.hawser.hub.chaos;

/// How many clients lose their hub at once.
///
/// @param clients that each follow one topic; 1 to 15,000, as far as the machine allows so many open files
/// @param topics with one publisher each; 1 to 100
/// @param rate messages published in a second, to all topics together; 1 to 1,000
public record StormConfig(int clients, int topics, int rate) {
    public StormConfig {
        FloodConfig.between("clients", clients, 15_000);
        FloodConfig.between("topics", topics, 100);
        FloodConfig.between("rate", rate, 1000);
    }
}
