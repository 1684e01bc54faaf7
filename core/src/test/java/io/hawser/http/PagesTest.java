package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.UnexpectedStatus;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PagesTest {
    private static final Request FIRST = Request.get("https://api.example/list");

    private static Response page(int number, String link) {
        Response page = Response.json(List.of(number));
        return link.isEmpty() ? page : page.withHeader("Link", "<" + link + ">; rel=next");
    }

    @Test
    void aPageThatFailedIsAskedForAgain() {
        FakeOrigin origin = new FakeOrigin()
                .then(request -> page(1, "?p=2"))
                .then(request -> {
                    throw new ConnectionLost("reset", Processed.MAYBE, null);
                })
                .then(request -> Response.of(503))
                .then(request -> page(2, ""));
        Iterator<Integer[]> pages = new Pages<>(origin, FIRST, Integer[].class, Paging.byLink()).iterator();
        assertThat(pages.next()).containsExactly(1);
        assertThatExceptionOfType(ConnectionLost.class).isThrownBy(pages::next);
        assertThatExceptionOfType(UnexpectedStatus.class).isThrownBy(pages::next);
        assertThat(pages.next()).containsExactly(2);
        assertThat(pages.hasNext()).isFalse();
        assertThat(origin.requests()).extracting(Request::rawQuery).containsExactly("", "p=2", "p=2", "p=2");
    }

    @Test
    void noCredentialsFollowALinkToAnotherOrigin() {
        FakeOrigin origin =
                FakeOrigin.answering(page(1, "?p=2"), page(2, "https://other.example/list?p=3"), page(3, ""));
        Request request = FIRST.withHeader("Authorization", "Bearer t")
                .withHeader("Cookie", "a=b")
                .withHeader("Proxy-Authorization", "Basic x")
                .withHeader("Accept", "application/json");
        assertThat(new Pages<>(origin, request, Integer[].class, Paging.byLink()))
                .hasSize(3);
        assertThat(origin.requests().get(1).headers().names())
                .contains("authorization", "cookie", "proxy-authorization");
        assertThat(origin.last().headers().names()).containsExactly("accept");
    }
}
