package io.hawser.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.netty.handler.ssl.SslContext;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ReloadingContextTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(ReloadingContext.class);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final List<SslContext> made = new ArrayList<>();
    private SteppedTime time = new SteppedTime(Instant.now());

    @TempDir
    private Path folder;

    private Pki pki;
    private X509Bundle first;
    private X509Bundle second;
    private TlsIdentity.PemFiles pem;

    @BeforeEach
    void writeTheFirstPair() throws Exception {
        logged.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(logged);
        pki = new Pki();
        first = pki.issue();
        second = pki.issue();
        pem = Pki.write(folder, first);
    }

    @AfterEach
    void detach() {
        LOG.detachAppender(logged);
        LOG.setLevel(null);
    }

    private ReloadingContext open() {
        Tls tls = Tls.server(pem.certificateChain(), pem.privateKey());
        TlsContextBuilder builder = new TlsContextBuilder(tls, List.of());
        return new ReloadingContext(
                tls,
                material -> {
                    SslContext context = builder.server(material);
                    made.add(context);
                    return context;
                },
                time);
    }

    @Test
    void filesThatStayTheSameAreNotLoadedAgain() throws Exception {
        try (ReloadingContext context = open()) {
            time.step();
            Pki.write(folder, first);
            time.step();
            assertThat(made).hasSize(1);
            assertThat(context.reload()).isFalse();
        }
    }

    @Test
    void aNewPairReplacesTheContextAndReleasesTheOldOne() throws Exception {
        try (ReloadingContext context = open()) {
            Pki.write(folder, second);
            time.step();
            assertThat(made).hasSize(2);
            assertThat(context.<SslContext>with(current -> current)).isSameAs(made.get(1));
            assertThat(ReferenceCountUtil.refCnt(made.get(0))).isZero();
            assertThat(messages(Level.INFO)).hasSize(3).anyMatch(message -> message.startsWith("TLS files changed"));
        }
        assertThat(ReferenceCountUtil.refCnt(made.get(1))).isZero();
    }

    @Test
    void aContextInUseOutlivesItsReplacement() throws Exception {
        try (ReloadingContext context = open()) {
            context.with(current -> {
                try {
                    Pki.write(folder, second);
                    time.step();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                assertThat(ReferenceCountUtil.refCnt(current)).isEqualTo(1);
                return current;
            });
            assertThat(ReferenceCountUtil.refCnt(made.get(0))).isZero();
        }
    }

    @Test
    void aPairCaughtBetweenTheWritesOfItsFilesIsNotReported() throws Exception {
        try (ReloadingContext context = open()) {
            Pki.write(folder, second, first);
            time.step();
            Pki.write(folder, second);
            time.step();
            assertThat(made).hasSize(2);
            assertThat(messages(Level.WARN)).isEmpty();
            assertThat(context.reload()).isFalse();
        }
    }

    @Test
    void aPairThatStaysBrokenIsReportedOnce() throws Exception {
        try (ReloadingContext context = open()) {
            Pki.write(folder, second, first);
            for (int i = 0; i < 5; i++) time.step();
            assertThat(made).hasSize(1);
            assertThat(messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("TLS files changed, but the old certificate stays in use: TLS key ");
            Files.delete(pem.privateKey());
            for (int i = 0; i < 5; i++) time.step();
            assertThat(messages(Level.WARN)).hasSize(2);
            Pki.write(folder, second);
            time.step();
            assertThat(made).hasSize(2);
            assertThat(context.reload()).isFalse();
        }
    }

    @Test
    void theFirstPairAgainEndsTheFault() throws Exception {
        try (ReloadingContext context = open()) {
            Pki.write(folder, second, first);
            for (int i = 0; i < 3; i++) time.step();
            Pki.write(folder, first);
            time.step();
            assertThat(made).hasSize(1);
            assertThat(context.reload()).isFalse();
        }
    }

    @Test
    void aBrokenPairAtTheStartIsAnError() throws Exception {
        Pki.write(folder, second, first);
        assertThatExceptionOfType(StartupFailed.class).isThrownBy(this::open);
    }

    @Test
    void aCertificateOutOfItsTimeIsUsedWithAWarning() throws Exception {
        Instant start = first.getCertificate().getNotBefore().toInstant();
        Instant end = first.getCertificate().getNotAfter().toInstant();
        time = new SteppedTime(end.plusSeconds(1));
        open().close();
        assertThat(messages(Level.WARN)).containsExactly("TLS certificate of CN=localhost expired at " + end);
        time = new SteppedTime(start.minusSeconds(1));
        open().close();
        assertThat(messages(Level.WARN))
                .last()
                .isEqualTo("TLS certificate of CN=localhost is not valid before " + start);
        time = new SteppedTime(end);
        open().close();
        assertThat(messages(Level.WARN)).hasSize(2);
        assertThat(made).hasSize(3);
    }

    @Test
    void closingEndsThePolling() throws Exception {
        ReloadingContext context = open();
        time.step();
        context.close();
        context.close();
        await().until(() -> !context.isPolling());
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> context.with(current -> current));
    }

    @Test
    void withoutFilesThereIsNothingToPoll() {
        Tls tls = Tls.selfSigned();
        try (ReloadingContext context =
                new ReloadingContext(tls, new TlsContextBuilder(tls, List.of())::server, time)) {
            assertThat(context.isPolling()).isFalse();
            assertThat(context.reload()).isFalse();
        }
    }

    private List<String> messages(Level level) {
        return logged.list.stream()
                .filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
