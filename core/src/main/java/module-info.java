/// HTTP, WebSocket and framed TCP messaging on one session model.
@SuppressWarnings("module") // io.hawser.nats is built after this
module io.hawser {
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires io.netty.common;
    requires io.netty.buffer;
    requires io.netty.transport;
    requires io.netty.transport.unix.common;
    requires io.netty.codec;
    requires io.netty.codec.http2;
    requires io.netty.handler;
    requires io.netty.resolver.dns;
    requires io.netty.codec.dns;
    requires io.netty.transport.classes.epoll;
    requires io.netty.transport.classes.io_uring;
    requires io.netty.transport.classes.kqueue;
    requires tools.jackson.databind;
    requires typesafe.config;
    requires tools.jackson.dataformat.cbor;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;
    requires micrometer.commons;
    requires com.github.benmanes.caffeine;
    requires io.github.bucket4j.core;
    requires io.github.resilience4j.circuitbreaker;
    requires io.github.resilience4j.core;
    requires java.management;
    requires jdk.jfr;
    requires jdk.unsupported; // signals
    requires static io.netty.tcnative.classes.openssl;
    requires static com.aayushatharva.brotli4j;
    requires static com.github.luben.zstd_jni;
    requires static org.lz4.java;

    exports io.hawser;
    exports io.hawser.client;
    exports io.hawser.cluster;
    exports io.hawser.config;
    exports io.hawser.http;
    exports io.hawser.io;
    exports io.hawser.messaging;
    exports io.hawser.metrics;
    exports io.hawser.policy;
    exports io.hawser.pool;
    exports io.hawser.session;
    exports io.hawser.tcp;
    exports io.hawser.tick;
    exports io.hawser.websocket;

    // What a backplane on another broker is made of, shared with the one that is published.
    exports io.hawser.internal.topic to
            io.hawser.nats;
}
