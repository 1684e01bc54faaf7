package io.hawser.hub.alerts;

/// The figures of a hub at one moment; all but those of the moment have been counted since its start.
///
/// @param nanos when, by the clock that only goes forward
/// @param requests answered
/// @param failed of them, with 500 and above
/// @param messages received
/// @param refused connections
/// @param slow readers whose connections were closed
/// @param dropped messages
/// @param busySeconds that the event loops have worked, together
/// @param loops how many they are
/// @param connections at that moment
/// @param heap the share that is used at that moment
/// @param nodesLost nodes that are missed at that moment
/// @param brokerAway 1 while the other nodes cannot be reached
record Reading(
        long nanos,
        double requests,
        double failed,
        double messages,
        double refused,
        double slow,
        double dropped,
        double busySeconds,
        int loops,
        double connections,
        double heap,
        double nodesLost,
        double brokerAway) {
    double seconds() {
        return nanos / 1e9;
    }

    double loopSeconds() {
        return loops * seconds();
    }
}
