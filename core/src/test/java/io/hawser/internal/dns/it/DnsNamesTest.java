package io.hawser.internal.dns.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Resolver;
import io.hawser.internal.dns.DnsNames;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.io.IoConfig;
import io.hawser.io.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DnsNamesTest {
    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"AUTO", "NIO"})
    void aNameIsAskedForOverEveryTransport(Transport transport) throws IOException {
        IoConfig config = IoConfig.defaults().withThreads(1).withTransport(transport);
        try (NameServer server = new NameServer();
                NettyIoThreads threads = NettyIoThreads.start(config);
                DnsNames names = new DnsNames(threads, Optional.of(server.address()))) {
            server.addresses.put("api.example.org.", "192.0.2.7");
            Resolver resolver = names.cache();
            for (int i = 0; i < 3; i++) {
                assertThat(resolver.resolve("api.example.org")).containsExactly(InetAddress.ofLiteral("192.0.2.7"));
            }
            assertThat(server.questions).hasValue(1);
            assertThat(resolver.known("api.example.org")).isPresent();
        }
    }

    @Test
    void aNameThatDoesNotExistIsNotAskedForAgainAtOnce() throws IOException {
        try (NameServer server = new NameServer();
                NettyIoThreads threads =
                        NettyIoThreads.start(IoConfig.defaults().withThreads(1));
                DnsNames names = new DnsNames(threads, Optional.of(server.address()))) {
            Resolver resolver = names.cache();
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> resolver.resolve("none.example.org."))
                        .isInstanceOf(UnknownHostException.class);
            }
            assertThat(server.questions).hasValue(1);
        }
    }

    @Test
    void theLifeOfAnAnswerIsWhatTheServerSays() throws Exception {
        try (NameServer server = new NameServer();
                NettyIoThreads threads =
                        NettyIoThreads.start(IoConfig.defaults().withThreads(1));
                DnsNames names = new DnsNames(threads, Optional.of(server.address()))) {
            server.lifeSeconds = 1;
            server.addresses.put("brief.example.org.", "192.0.2.1");
            Resolver resolver = names.cache();
            assertThat(resolver.resolve("brief.example.org")).containsExactly(InetAddress.ofLiteral("192.0.2.1"));
            server.addresses.put("brief.example.org.", "192.0.2.2");
            Thread.sleep(1100);
            assertThat(resolver.resolve("brief.example.org")).containsExactly(InetAddress.ofLiteral("192.0.2.2"));
            server.fault = Optional.of(NameServer.Fault.SILENT);
            Thread.sleep(1100);
            assertThat(resolver.resolve("brief.example.org")).containsExactly(InetAddress.ofLiteral("192.0.2.2"));
        }
    }
}
