package io.hawser.http;

import io.hawser.Cancelled;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The pages of a listing, one call each, made when the page is asked for. Every iteration begins anew. Where
/// a call fails, the next one asks for the same page again.
///
/// Pages are told apart by their URL alone, so a cursor belongs into the query.
///
/// Errors of iterating: those of the client; [io.hawser.UnexpectedStatus] for a page that is not 2xx;
/// [ProtocolError] for one that is not of its type, or leads back to one before; [LimitExceeded] after
/// 10,000 pages.
///
/// Thread: one for each iterator.
public final class Pages<T> implements Iterable<T> {
    private static final int MAX_PAGES = 10_000;

    private final HttpHandler client;
    private final Request first;
    private final Class<T> type;
    private final Paging<? super T> paging;

    Pages(HttpHandler client, Request first, Class<T> type, Paging<? super T> paging) {
        this.client = client;
        this.first = first;
        this.type = type;
        this.paging = paging;
    }

    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    @Override
    public Iterator<T> iterator() {
        return new PageIterator();
    }

    private final class PageIterator implements Iterator<T> {
        private final Set<String> seen = new HashSet<>();
        private Optional<Request> following = Optional.of(first);

        @Override
        public boolean hasNext() {
            return following.isPresent();
        }

        @Override
        public T next() {
            Request request = following.orElseThrow(() -> new NoSuchElementException("no page follows"));
            if (seen.size() >= MAX_PAGES)
                throw new LimitExceeded("pages", MAX_PAGES, seen.size() + 1L, Processed.MAYBE);
            if (!seen.add(request.target())) {
                throw new ProtocolError(0, "the pages lead back to " + request.target(), "the listing");
            }
            try {
                Response response = send(request);
                T page = Answers.read(request, response, body -> body.as(type));
                following = paging.next(request, response, page);
                return page;
            } catch (RuntimeException failure) {
                seen.remove(request.target());
                throw failure;
            }
        }

        private Response send(Request request) {
            try {
                return client.handle(request);
            } catch (RuntimeException failure) {
                throw failure;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new Cancelled("interrupted during " + request, Processed.MAYBE, interrupt);
            } catch (Exception failure) {
                throw new IllegalStateException(request + " failed", failure);
            }
        }
    }
}
