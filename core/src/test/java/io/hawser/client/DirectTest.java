package io.hawser.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DirectTest {
    @Test
    void anErrorOfTheHandlerDoesNotEndTheDelivery() throws InterruptedException {
        LinkedBlockingQueue<Long> acknowledged = new LinkedBlockingQueue<>();
        Direct direct = new Direct(
                message -> {
                    throw new AssertionError("a fault of the handler");
                },
                acknowledged::add);
        for (long s = 1; s <= 2; s++) {
            direct.message(Requests.body().put("s", s).put("d", "hi"));
            assertThat(acknowledged.poll(30, TimeUnit.SECONDS)).isEqualTo(s);
        }
        direct.close();
    }
}
