package io.hawser.benchmarks.peers;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.hawser.benchmarks.stream.GrpcStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Messages of a bidirectional stream sent back, on gRPC-Java with the transport that it comes with, called on
/// its event loop, as it advises for what does not block. The messages are bytes, so nothing is generated.
final class GrpcEcho {
    private static final int BACKLOG = 4096;

    private GrpcEcho() {}

    /// Bytes as they are.
    private static final class Plain implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream message) {
            try {
                // It knows its length, which readAllBytes() would not ask it: that takes 16 KiB for any message.
                var bytes = new byte[message.available()];
                if (message.readNBytes(bytes, 0, bytes.length) < bytes.length)
                    throw new EOFException("message cut off");
                return bytes;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Echo(StreamObserver<byte[]> client) implements StreamObserver<byte[]> {
        @Override
        public void onNext(byte[] message) {
            client.onNext(message);
        }

        @Override
        public void onError(Throwable failure) {
            // The client has gone, which ends every run.
        }

        @Override
        public void onCompleted() {
            client.onCompleted();
        }
    }

    static void main(String... arguments) throws IOException, InterruptedException {
        var asked = PeerArguments.of(arguments);
        var method = MethodDescriptor.<byte[], byte[]>newBuilder(new Plain(), new Plain())
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(GrpcStream.SERVICE, GrpcStream.METHOD))
                .build();
        var service = ServerServiceDefinition.builder(GrpcStream.SERVICE)
                .addMethod(method, ServerCalls.asyncBidiStreamingCall(Echo::new))
                .build();
        var loops = new MultiThreadIoEventLoopGroup(asked.threads(), EpollIoHandler.newFactory());
        var server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), asked.port()))
                .channelType(EpollServerSocketChannel.class)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
                .directExecutor()
                .addService(service)
                .build()
                .start();
        PeerArguments.ready(server.getPort());
        server.awaitTermination();
    }
}
