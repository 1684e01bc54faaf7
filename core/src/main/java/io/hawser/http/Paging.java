package io.hawser.http;

import io.hawser.internal.http.CrossedOrigin;
import io.hawser.internal.http.LinkField;
import io.hawser.internal.http.References;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// How an API says where the next page of a listing is.
@FunctionalInterface
public interface Paging<T> {
    /// The request for the page after `page`; empty if that was the last.
    ///
    /// @param request that got `page`
    /// @param response that carried it, whose body was read
    Optional<Request> next(Request request, Response response, T page);

    /// By `Link: <...>; rel="next"`. `Authorization`, `Cookie` and `Proxy-Authorization` do not follow a link
    /// to another origin; a key in a field of its own does, unless [Authorization#field(String, String)] puts
    /// it in. Source: RFC 8288
    static Paging<Object> byLink() {
        return (request, response, page) -> LinkField.target(response.headers(), "next")
                .map(target -> CrossedOrigin.to(request, References.resolve(request, target)));
    }

    /// By a value in each page that is put into the query for the next one.
    ///
    /// @param cursor of a page; empty in the last
    static <T> Paging<T> byCursor(String parameter, Function<? super T, Optional<String>> cursor) {
        return (request, response, page) -> cursor.apply(page).map(value -> with(request, parameter, value));
    }

    /// By a number in the query that counts up; where the first request has none, it is 1.
    ///
    /// @param hasMore whether another page follows this one
    static <T> Paging<T> byNumber(String parameter, Predicate<? super T> hasMore) {
        return (request, response, page) -> {
            if (!hasMore.test(page)) return Optional.empty();
            long number = Long.parseLong(request.query(parameter).orElse("1"));
            return Optional.of(with(request, parameter, Long.toString(number + 1)));
        };
    }

    private static Request with(Request request, String parameter, String value) {
        Parameters[] changed = {Parameters.EMPTY};
        request.query().forEach((name, old) -> {
            if (!name.equals(parameter)) changed[0] = changed[0].adding(name, old);
        });
        return request.withQuery(changed[0].adding(parameter, value));
    }
}
