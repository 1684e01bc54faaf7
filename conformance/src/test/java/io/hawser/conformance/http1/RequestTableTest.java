package io.hawser.conformance.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.conformance.http1.HttpPeer.Answer;
import io.hawser.conformance.http1.RequestTable.Row;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestTableTest {
    private static final Bytes SMUGGLED = Bytes.ofUtf8("GET /json HTTP/1.1\r\nHost: h\r\n\r\n");
    private static final int MAX_CUT_BYTES = 140;
    private static final Map<ExecutionMode, Hub> HUBS = new EnumMap<>(ExecutionMode.class);

    @BeforeAll
    static void start() {
        for (ExecutionMode mode : ExecutionMode.values()) {
            HUBS.put(
                    mode,
                    Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                            .withIo(IoConfig.defaults().withThreads(1))
                            .withHandlers(mode)));
        }
    }

    @AfterAll
    static void stop() {
        HUBS.values().forEach(Hub::close);
    }

    static Stream<Row> rows() {
        return RequestTable.rows();
    }

    @Test
    void theTableIsNoStub() {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(150).doesNotHaveDuplicates();
        assertThat(rows().map(Row::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachRequestGetsItsVerdictInEveryMode(Row row) throws IOException {
        for (Hub hub : HUBS.values()) {
            try (HttpPeer peer = HttpPeer.to(hub.endpoint())) {
                Bytes sent = row.staysOpen() ? row.request() : Bytes.concat(row.request(), SMUGGLED);
                judge(row, peer.send(sent.toArray()));
            }
        }
    }

    /// Every third of the short ones, in two pieces at every place; what a piece is, TCP may decide otherwise.
    @Test
    void aRequestCutAnywhereGetsTheSameVerdict() throws IOException {
        Endpoint endpoint = hub(ExecutionMode.EVENT_LOOP).endpoint();
        List<Row> cut =
                rows().filter(row -> row.request().size() <= MAX_CUT_BYTES).toList();
        for (int i = 0; i < cut.size(); i += 3) {
            Row row = cut.get(i);
            for (int at = 1; at < row.request().size(); at++) {
                try (HttpPeer peer = HttpPeer.to(endpoint)) {
                    peer.send(row.request().slice(0, at).toArray());
                    peer.send(row.request().slice(at, row.request().size()).toArray());
                    judge(row, peer);
                }
            }
        }
    }

    private static Hub hub(ExecutionMode mode) {
        return Optional.ofNullable(HUBS.get(mode)).orElseThrow();
    }

    private static void judge(Row row, HttpPeer peer) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < row.statuses().size(); i++) {
            Optional<Answer> answer = peer.answer(row.bodiless().get(i));
            answer.ifPresent(there -> {
                statuses.add(there.status());
                if (there.status() >= 400 && !row.name().startsWith("head")) {
                    assertThat(there.field("content-type")).as(row.name()).isEqualTo("application/problem+json");
                }
            });
        }
        assertThat(statuses).as(row.name()).isEqualTo(row.statuses());
        if (row.staysOpen()) {
            assertThat(peer.get("/plaintext").text()).as(row.name()).isEqualTo("Hello, World!");
        } else {
            assertThat(peer.answer(false))
                    .as(row.name() + " is followed by nothing")
                    .isEmpty();
        }
    }
}
