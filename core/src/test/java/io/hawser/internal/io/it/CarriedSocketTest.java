package io.hawser.internal.io.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.io.Dispatch;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.LoopCarrier;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A carried thread uses the JDK's own blocking sockets.
class CarriedSocketTest {
    private static final int ROUNDS = 200;

    @Test
    void itIsStillCarriedAfterEachReadAndTheLoopIsFreeMeanwhile() throws Exception {
        try (NettyIoThreads io = NettyIoThreads.start(IoConfig.defaults().withThreads(1));
                ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            IoLoop loop = io.next();
            Dispatch carried = io.dispatch(ExecutionMode.LOOP_CARRIER);
            CompletableFuture<Boolean> alwaysCarried = new CompletableFuture<>();
            carried.run(loop, () -> {
                try {
                    alwaysCarried.complete(exchange(listening.getLocalPort(), loop));
                } catch (IOException e) {
                    alwaysCarried.completeExceptionally(e);
                }
            });
            try (Socket accepted = listening.accept()) {
                for (int i = 0; i < ROUNDS; i++) {
                    int asked = accepted.getInputStream().read();
                    // It now waits for the answer, on the loop's thread: the loop must do this all the same.
                    loop.submit(() -> {}).get(30, TimeUnit.SECONDS);
                    accepted.getOutputStream().write(asked + 1);
                }
            }
            assertThat(alwaysCarried.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean exchange(int port, IoLoop loop) throws IOException {
        boolean always = true;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            for (int i = 0; i < ROUNDS; i++) {
                socket.getOutputStream().write(i);
                always &= socket.getInputStream().read() == ((i + 1) & 0xff);
                always &= LoopCarrier.carries(loop) && Thread.currentThread().isVirtual();
            }
        }
        return always;
    }
}
