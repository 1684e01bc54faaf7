package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class VersionsTest {
    @Test
    void theVersionIsInTheNameOfTheJar() {
        var jars = new String[] {"lib/vertx-core-logging-5.0.jar", "lib/vertx-core-5.1.6.jar", "a/netty-all-4.2.jar"};

        assertThat(Versions.ofJar("vertx-core", Stream.of(jars))).contains("5.1.6");
        assertThat(Versions.ofJar("netty", Stream.of(jars))).isEmpty();
    }

    @Test
    void everyPeerOfOthersTellsItsVersion() {
        for (var peer :
                new String[] {"NettyEcho", "VertxHttp", "GrpcEcho", "RSocketEcho", "StompBroker", "JettyHttp"}) {
            assertThat(Versions.ofPeer(peer)).as(peer).matches("[0-9]+\\.[0-9]+.*");
        }
    }

    @Test
    void theVersionOfAProgramIsInWhatItSays() {
        assertThat(Versions.inOutput("nginx version: nginx/1.22.1")).isEqualTo("1.22.1");
        assertThat(Versions.inOutput("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0"))
                .isEqualTo("7.0.15");
        assertThat(Versions.inOutput("nats-server: v2.9.10")).isEqualTo("2.9.10");
        assertThat(Versions.inOutput("HAProxy version 2.6.12-1+deb12u1 2023/12/16 - https://haproxy.org/"))
                .isEqualTo("2.6.12-1+deb12u1");
        assertThat(Versions.inOutput("who knows")).isEmpty();
    }
}
