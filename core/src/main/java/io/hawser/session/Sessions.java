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
    /// @return how many sessions were open, those included that had no room for it; of event streams none
    ///     where it is binary, which they do not send
    /// @throws io.hawser.LimitExceeded if it is longer than a protocol of the server is configured to send;
    ///     sessions of the other protocols may have been offered it already
    int broadcast(Message message);

    /// As [#broadcast(Message)], to those sessions that `to` accepts.
    ///
    /// Thread: `to` runs on the calling thread, for the count, and on the event loops, where it must not
    /// wait. What it throws on the calling thread is thrown here; a session for which it throws on a loop is
    /// closed.
    ///
    /// @return how many of those that were open it accepts, counted as [#broadcast(Message)] does
    /// @throws io.hawser.LimitExceeded as [#broadcast(Message)]
    int broadcast(Message message, Predicate<? super Session> to);
}
