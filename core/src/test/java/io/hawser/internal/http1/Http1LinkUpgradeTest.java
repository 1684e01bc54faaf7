package io.hawser.internal.http1;

import static io.hawser.internal.http1.SampleExchanges.GET;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.internal.http.Takeover;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// How a connection is given to another protocol.
class Http1LinkUpgradeTest {
    @Test
    void anUpgradeHandsTheChannelAndWhatCameBehindItOver() {
        List<String> taken = new ArrayList<>();
        Takeover takeover = new Takeover() {
            @Override
            public String protocol() {
                return "chat";
            }

            @Override
            public void take(Handover handover) {
                taken.add(handover.request().rawPath() + " "
                        + handover.channel().pipeline().names());
                var first = handover.first();
                if (first != null) {
                    taken.add(first.toString(java.nio.charset.StandardCharsets.ISO_8859_1));
                    first.release();
                }
            }
        };
        try (Http1Wire wire = Http1Wire.of(request -> Response.upgrade(takeover))) {
            wire.send(GET + "hello");
            assertThat(wire.received())
                    .isEqualTo("HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: upgrade\r\n\r\n");
            assertThat(taken).hasSize(2).last().isEqualTo("hello");
            assertThat(wire.isOpen()).isTrue();
            assertThat(wire.group.live()).isZero();
        }
    }

    @Test
    void anUpgradeThatNobodyTakesIsGivenBackOnce() {
        List<String> told = new ArrayList<>();
        Takeover takeover = new Takeover() {
            @Override
            public String protocol() {
                return "chat";
            }

            @Override
            public void take(Handover handover) {
                told.add("taken");
            }

            @Override
            public void untaken() {
                told.add("untaken");
            }
        };
        // The connection ends before its handler has begun, which then never does, or while it is at work.
        for (boolean isBefore : List.of(true, false)) {
            List<Http1Wire> closed = new ArrayList<>();
            HttpHandler handler = request -> {
                closed.forEach(wire -> wire.channel.close());
                return Response.upgrade(takeover);
            };
            try (Http1Wire gone = new Http1Wire(HttpConfig.defaults(), handler.in(ExecutionMode.VIRTUAL))) {
                closed.add(gone);
                gone.send(GET);
                if (isBefore) gone.channel.close();
                gone.runHandlers();
            }
            assertThat(Thread.interrupted()).isEqualTo(!isBefore);
            assertThat(told).isEqualTo(isBefore ? List.of() : List.of("untaken"));
        }
        // And between the answer and its 101.
        List<Consumer<Http1Link>> ends =
                List.of(link -> link.abortWith(CloseReason.LOST), link -> link.closeWith(CloseReason.NORMAL));
        for (Consumer<Http1Link> end : ends) {
            told.clear();
            List<Http1Wire> wires = new ArrayList<>();
            try (Http1Wire wire = Http1Wire.of(request -> {
                wires.getFirst().channel.eventLoop().execute(() -> end.accept(wires.getFirst().link));
                return Response.upgrade(takeover);
            })) {
                wires.add(wire);
                wire.channel.refuse(); // so that its end takes a while
                wire.send(GET);
                assertThat(told).containsExactly("untaken");
            }
            assertThat(told).containsExactly("untaken");
        }
    }
}
