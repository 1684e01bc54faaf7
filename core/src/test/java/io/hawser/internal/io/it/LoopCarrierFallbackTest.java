package io.hawser.internal.io.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.internal.io.Dispatch;
import io.hawser.internal.io.LoopCarrier;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.Transport;
import io.hawser.tcp.ListenConfig;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// In a JVM of its own, because what is opened to reflection is decided when it starts.
class LoopCarrierFallbackTest {
    @Test
    void withoutTheOpenedPackageHandlersRunOnOrdinaryVirtualThreadsAndOneLineSaysSo() throws Exception {
        assertThat(run(Program.class))
                .contains("virtual=true carried=false")
                .containsOnlyOnce("Handlers run as VIRTUAL in place of LOOP_CARRIER");
    }

    @Test
    void withItTheyAreCarriedAndNothingIsSaid() throws Exception {
        assertThat(run(Program.class, "--add-opens", "java.base/java.lang=ALL-UNNAMED"))
                .contains("virtual=true carried=true")
                .doesNotContain("VIRTUAL");
    }

    @Test
    void whereNoHandlerIsToBeCarriedNothingIsSaid() throws Exception {
        assertThat(run(Served.class)).contains("served").doesNotContain("VIRTUAL");
    }

    private static String run(Class<?> program, String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    static final class Served {
        private Served() {}

        public static void main(String[] args) {
            HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> Response.ok())
                    .close();
            System.out.println("served");
        }
    }

    static final class Program {
        private Program() {}

        public static void main(String[] args) throws InterruptedException {
            try (NettyIoThreads io =
                    NettyIoThreads.start(IoConfig.defaults().withThreads(1).withTransport(Transport.NIO))) {
                EventLoop loop = io.next();
                for (int i = 0; i < 2; i++) {
                    Dispatch dispatch = io.dispatch(ExecutionMode.LOOP_CARRIER);
                    CountDownLatch ran = new CountDownLatch(1);
                    dispatch.run(loop, () -> {
                        System.out.println("virtual=" + Thread.currentThread().isVirtual() + " carried="
                                + LoopCarrier.carries(loop));
                        ran.countDown();
                    });
                    if (!ran.await(30, TimeUnit.SECONDS)) throw new AssertionError("it did not run");
                }
            }
        }
    }
}
