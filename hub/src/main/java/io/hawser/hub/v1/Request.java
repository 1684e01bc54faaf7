package io.hawser.hub.v1;

import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemReader;
import io.hawser.session.Message;
import org.jspecify.annotations.Nullable;

/// A call with its number.
///
/// @param id which the answer repeats; below 0 if there is none, and then no answer is wanted
record Request(long id, Call call) {
    private static final long MAX_ID = (1L << 53) - 1;
    private static final String RULE = "hawser.v1";

    /// The request in `message`; one that says what cannot be carried on is a [Call.Bad].
    ///
    /// @throws io.hawser.ProtocolError with code 4004 if it is none
    /// @throws io.hawser.LimitExceeded if it is nested too deeply
    static Request parse(Notation notation, Message message) {
        try {
            return parse(notation, notation.reader(message));
        } catch (ProtocolError e) {
            if (e.code() != ItemReader.NOT_CARRIED) throw e;
            return new Request(id(notation.reader(message)), new Call.Bad(String.valueOf(e.getMessage())));
        }
    }

    private static Request parse(Notation notation, ItemReader in) {
        long id = -1;
        @Nullable Call call = null;
        in.enterMap();
        while (in.hasNext()) {
            String key = in.readText();
            if (key.equals("id")) {
                id = readId(in);
            } else if (call == null || call instanceof Call.Unknown) {
                call = CallReader.read(key, notation, in);
            } else {
                in.skip();
            }
        }
        in.end();
        return new Request(id, call == null ? new Call.Ping() : call);
    }

    private static long id(ItemReader in) {
        long id = -1;
        in.enterMap();
        while (in.hasNext()) {
            if (isId(in)) id = readId(in);
            else in.skip();
        }
        in.end();
        return id;
    }

    /// Takes a key, also one that is no text.
    private static boolean isId(ItemReader in) {
        try {
            return in.readText().equals("id");
        } catch (ProtocolError e) {
            if (e.code() != ItemReader.NOT_CARRIED) throw e;
            in.skip();
            return false;
        }
    }

    private static long readId(ItemReader in) {
        long id = in.readInteger();
        if (id < 0 || id > MAX_ID) throw in.malformed("id " + id + ": from 0 to 2^53 - 1", RULE);
        return id;
    }
}
