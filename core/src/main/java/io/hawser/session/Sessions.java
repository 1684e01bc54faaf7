package io.hawser.session;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The registry of a server's live sessions, of every protocol that it speaks.
///
/// Thread: safe from any.
public interface Sessions {
    Optional<Session> find(String id);

    /// The sessions that are open, in no particular order; one that opens or closes meanwhile may or may not
    /// appear.
    Stream<Session> stream();

    int count();

    /// Offers `message` to one session.
    ///
    /// @return [Offer#CLOSED] if there is none of that id
    default Offer offer(String id, Message message) {
        return find(id).map(session -> session.offer(message)).orElse(Offer.CLOSED);
    }

    /// Offers `message` to every open session, and waits for none.
    ///
    /// It is encoded once for each protocol, and each event loop gets one task. A session whose queue is over
    /// its soft bound misses it, which its [SessionStats#messagesDropped()] counts. Messages that one thread
    /// sends before or after the broadcast keep that order at each session. Tasks that a loop has not come to
    /// wait in memory, so a program must not broadcast faster than its loops deliver.
    ///
    /// @return how many sessions it was handed to
    /// @throws io.hawser.LimitExceeded if it is longer than the server's protocol is configured to send
    int broadcast(Message message);

    /// As [#broadcast(Message)], to those sessions that `to` accepts.
    ///
    /// Thread: `to` runs on the event loops and on the calling thread.
    int broadcast(Message message, Predicate<? super Session> to);
}
