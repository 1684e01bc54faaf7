package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A session on its way from one node to another.
///
/// @param tokens which of them are good
/// @param lastS the number of the last direct message
/// @param direct those that are not acknowledged
/// @param mids the names of the latest, so that one that is sent again is known where the session goes on
/// @param subscriptions by topic or pattern; where the position is [Position#NONE], without one
record PeerState(
        String client,
        String user,
        Generations tokens,
        long lastS,
        List<Unacked.Direct> direct,
        List<String> mids,
        Map<String, Position> subscriptions) {
    private static final String RULE = "hawser.v1, hand-over";

    Bytes encoded() {
        CborWriter out = CborWriter.create();
        out.list(8).text(client).text(user);
        out.integer(tokens.newest()).integer(tokens.oldest()).integer(lastS);
        out.list(direct.size());
        for (Unacked.Direct message : direct) out.list(2).integer(message.s()).bytes(message.signed());
        out.list(mids.size());
        mids.forEach(out::text);
        out.map(subscriptions.size());
        subscriptions.forEach((topic, at) -> {
            out.text(topic).list(3).text(at.epoch()).integer(at.offset()).text(at.tag());
        });
        return out.toBytes();
    }

    /// Takes apart what [#encoded] made.
    ///
    /// @throws io.hawser.ProtocolError if it is none
    /// @throws io.hawser.LimitExceeded if it is nested too deeply
    static PeerState parse(Bytes encoded) {
        CborReader in = CborReader.of(encoded, Notation.MAX_DEPTH);
        try {
            return read(in);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw in.malformed("no session: " + e.getMessage(), RULE);
        }
    }

    private static PeerState read(CborReader in) {
        in.enterList();
        String client = in.readText();
        String user = in.readText();
        Generations tokens = new Generations(in.readInteger(), in.readInteger());
        long lastS = in.readInteger();
        List<Unacked.Direct> direct = new ArrayList<>();
        in.enterList();
        while (in.hasNext()) {
            in.enterList();
            direct.add(new Unacked.Direct(in.readInteger(), in.readBytes()));
            leave(in);
        }
        List<String> mids = new ArrayList<>();
        in.enterList();
        while (in.hasNext()) mids.add(in.readText());
        Map<String, Position> subscriptions = new LinkedHashMap<>();
        in.enterMap();
        while (in.hasNext()) {
            String topic = in.readText();
            in.enterList();
            subscriptions.put(topic, new Position(in.readText(), in.readInteger(), in.readText()));
            leave(in);
        }
        leave(in);
        in.end();
        return new PeerState(client, user, tokens, lastS, direct, mids, subscriptions);
    }

    private static void leave(CborReader in) {
        if (in.hasNext()) throw in.malformed("more than a session has", RULE);
    }
}
