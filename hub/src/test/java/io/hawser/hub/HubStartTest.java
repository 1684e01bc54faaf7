package io.hawser.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.TopicRules;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class HubStartTest {
    private static final Bytes KEY = Bytes.ofUtf8("the key of the cluster");

    /// Topics that fail at one call of the thread that starts the hub, and tell whether they were closed.
    private static final class Topics {
        private final LocalBackplane local = LocalBackplane.start("n1", TopicRules.defaults());
        private final Thread starting = Thread.currentThread();
        private final AtomicBoolean isClosed = new AtomicBoolean();
        private int failing;
        private int calls;

        Topics(int failing) {
            this.failing = failing;
        }

        Shared shared() {
            Backplane backplane = (Backplane) Proxy.newProxyInstance(
                    Backplane.class.getClassLoader(),
                    new Class<?>[] {Backplane.class},
                    (proxy, method, arguments) -> call(method, arguments));
            return new Shared(backplane, KEY, Map::of);
        }

        private Object call(Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("close")) isClosed.set(true);
            else if (Thread.currentThread().equals(starting) && ++calls == failing) {
                throw new IllegalStateException("call " + failing);
            }
            try {
                return method.invoke(local, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @Test
    void howeverFarAStartHasComeItsFailureLeavesNothingBehind() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:" + port));
        Topics whole = new Topics(0);
        int calls;
        try (Hub hub = Hub.start(config, whole.shared())) {
            assertThat(hub.connectionCount()).isZero();
            calls = whole.calls;
        }
        assertThat(whole.isClosed).isTrue();
        assertThat(calls).isGreaterThan(3);
        for (int failing = 1; failing <= calls; failing++) {
            Topics topics = new Topics(failing);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> Hub.start(config, topics.shared()))
                    .withMessage("call " + failing)
                    .satisfies(failure -> assertThat(failure.getSuppressed()).isEmpty());
            assertThat(topics.isClosed).as("after call " + failing).isTrue();
        }
        // Nothing holds the port.
        try (Hub hub = Hub.start(config, new Topics(0).shared())) {
            assertThat(hub.endpoint().port()).isEqualTo(port);
        }
    }

    @Test
    void whereADrainFailsTheHubIsClosedAllTheSame() {
        Topics topics = new Topics(0);
        Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")), topics.shared());
        // With a session, there is somebody to ask who else could have it.
        try (HubClient client = HubClient.connect(HubClientConfig.to("msgi://" + hub.endpoint()))) {
            assertThat(client.isConnected()).isTrue();
            topics.failing = topics.calls + 1;
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> hub.drain(Duration.ofMillis(100)))
                    .withMessage("call " + topics.failing);
        }
        assertThat(topics.isClosed).isTrue();
        // Nothing holds the port.
        try (Hub next = Hub.start(HubConfig.on(ListenConfig.on(hub.endpoint())), new Topics(0).shared())) {
            assertThat(next.endpoint()).isEqualTo(hub.endpoint());
        }
    }
}
