package io.hawser.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlpnGateTest {
    private static final String REFUSAL = "15030300020278";
    private static final int RECORD_HEADER = 5;

    private final Sink tls;
    private final EmbeddedChannel channel;

    AlpnGateTest() throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(false);
        tls = new Sink(engine);
        channel = new EmbeddedChannel(new AlpnGate(List.of("h2", "msgi"), tls));
    }

    @Test
    void aHelloThatFitsIsHandedOnHoweverItIsCut() throws Exception {
        byte[] hello = hello("spdy/1", "msgi");
        for (int cut = 0; cut < hello.length; cut++) {
            channel.writeInbound(Unpooled.wrappedBuffer(hello, cut, 1));
            if (cut < hello.length - 1) assertThat(tls.received.size()).isZero();
        }
        assertHandedOn(hello);
    }

    @Test
    void aHelloInRecordsOfOneByteIsHandedOn() throws Exception {
        byte[] hello = inRecordsOf(1, hello("h2"));
        channel.writeInbound(Unpooled.wrappedBuffer(hello));
        assertHandedOn(hello);
    }

    @Test
    void whatFollowsTheHelloIsHandedOnInOrder() throws Exception {
        byte[] hello = hello("h2");
        channel.writeInbound(Unpooled.wrappedBuffer(hello, new byte[] {1, 2}));
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {3}));
        assertHandedOn(ByteBufUtil.getBytes(Unpooled.wrappedBuffer(hello, new byte[] {1, 2, 3})));
    }

    @Test
    void aHelloWithoutProtocolsIsHandedOn() throws Exception {
        byte[] hello = hello();
        channel.writeInbound(Unpooled.wrappedBuffer(hello));
        assertHandedOn(hello);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1 << 14})
    void aHelloThatDoesNotFitIsRefusedHoweverItIsCut(int recordBytes) throws Exception {
        channel.writeInbound(Unpooled.wrappedBuffer(inRecordsOf(recordBytes, hello("h2c", "msg", "msgi2"))));
        ByteBuf answer = channel.readOutbound();
        assertThat(ByteBufUtil.hexDump(answer)).isEqualTo(REFUSAL);
        answer.release();
        assertThat(channel.isOpen()).isFalse();
        assertThat(tls.received.size()).isZero();
    }

    @Test
    void aHelloThatIsCutOffOrDamagedIsLeftToTheEngine() throws Exception {
        byte[] hello = hello("h2c");
        byte[] body = Arrays.copyOfRange(hello, RECORD_HEADER + 4, hello.length);
        assertThat(ClientHello.excludes(Unpooled.wrappedBuffer(body), List.of("h2")))
                .isTrue();
        for (int length = 0; length < body.length; length++) {
            ByteBuf cut = Unpooled.wrappedBuffer(body, 0, length);
            assertThat(ClientHello.excludes(cut, List.of("h2c"))).isFalse();
        }
    }

    @Test
    void whatIsNoHelloIsLeftToTheEngine() {
        byte[] text = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
        channel.writeInbound(Unpooled.wrappedBuffer(text));
        assertHandedOn(text);
    }

    @Test
    void theTlsHandlerIsThereFromTheStartSoThatItsTimeoutRuns() {
        assertThat(channel.pipeline().get(SslHandler.class)).isSameAs(tls);
    }

    private void assertHandedOn(byte[] expected) {
        assertThat(tls.received.toByteArray()).isEqualTo(expected);
        assertThat(channel.pipeline().get(AlpnGate.class)).isNull();
        assertThat(channel.outboundMessages()).isEmpty();
    }

    /// What a client of the JDK sends first.
    private static byte[] hello(String... alpn) throws Exception {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 1);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(alpn);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] hello = new byte[out.flip().remaining()];
        out.get(hello);
        return hello;
    }

    private static byte[] inRecordsOf(int bytes, byte[] hello) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int at = RECORD_HEADER; at < hello.length; at += bytes) {
            int length = Math.min(bytes, hello.length - at);
            records.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
            records.write(hello, at, length);
        }
        return records.toByteArray();
    }

    /// Stands for the TLS handler and keeps what reaches it.
    private static final class Sink extends SslHandler {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        Sink(SSLEngine engine) {
            super(engine);
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            received.writeBytes(ByteBufUtil.getBytes(in));
            in.skipBytes(in.readableBytes());
        }
    }
}
