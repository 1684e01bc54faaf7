package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `./hawser msg` as it is typed.
@Timeout(120)
class MsgVerbTest {
    private static final ListenConfig LISTEN = ListenConfig.on("127.0.0.1:0");

    private final Typed typed = new Typed();

    private static Hub hub() {
        return Hub.start(HubConfig.on(LISTEN).withBare(BareMode.ECHO));
    }

    @Test
    void linesAreSentAsTheyAreAndWhatComesIsPrintedAsLines() {
        try (Hub hub = hub()) {
            String at = hub.endpoint().toString();
            assertThat(typed.run("", "msg", at, "--send", "hello", "--send", "again"))
                    .as(typed.err())
                    .isZero();
            assertThat(typed.out()).isEqualTo("hello\nagain\n");
            assertThat(typed.run("one\ntwo\r\n", "msg", at, "--timeout", "30s")).isZero();
            assertThat(typed.out()).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void whoWaitsForMoreThanComesFails() {
        try (Hub hub = hub()) {
            assertThat(typed.run(
                            "", "msg", hub.endpoint().toString(), "--send", "hello", "--count", "3", "--timeout", "5s"))
                    .isEqualTo(1);
            assertThat(typed.err()).contains("1 of 3 messages came");
        }
    }

    @Test
    void withANameALineIsSaidToAllAndAnObjectIsARequest() {
        try (Hub hub = hub()) {
            String at = hub.endpoint().toString();
            assertThat(typed.run("", "msg", at, "--id", "web-7", "--send", "{\"send\":{\"to\":\"nobody\",\"d\":1}}"))
                    .isZero();
            assertThat(typed.out()).as(typed.err()).contains("\"id\":1", "\"err\"", "404", "nobody");
            assertThat(typed.run("", "msg", at, "--id", "web-7", "--send", "hello", "--count", "1"))
                    .isZero();
            assertThat(typed.out()).contains("{");
            assertThat(typed.run("", "msg", at, "--id", "web-7", "--send", "{nope"))
                    .isEqualTo(1);
            assertThat(typed.err()).contains("no JSON");
        }
    }

    @Test
    void withANameAndRawALineIsSentAsItIs() {
        SessionHandler echo = (session, message) -> session.send(message);
        try (MessagingServer server = MessagingServer.start(LISTEN, MessagingConfig.defaults(), echo)) {
            String at = server.endpoint().toString();
            assertThat(typed.run("", "msg", at, "--id", "web-7", "--raw", "--send", "hello"))
                    .isZero();
            assertThat(typed.out()).isEqualTo("hello\n");
            assertThat(typed.run("", "msg", at, "--id", "web-7", "--send", "hello", "--count", "1"))
                    .isZero();
            assertThat(typed.out()).as("a request of hawser.v1, sent back").contains("\"bcast\":{\"d\":\"hello\"}");
        }
    }

    @Test
    void aTopicIsFollowedAndPublishedTo() {
        try (Hub hub = hub()) {
            String at = hub.endpoint().toString();
            assertThat(typed.run("", "msg", at, "--subscribe", "room.7", "--send", "{\"n\":1}", "--count", "1"))
                    .isZero();
            assertThat(typed.out()).isEqualTo("room.7 {\"n\":1}\n");
        }
    }

    @Test
    void whatCannotBeIsToldByTheExitCode() {
        assertThat(typed.run("", "msg", "127.0.0.1")).isEqualTo(2);
        assertThat(typed.run("", "msg", "127.0.0.1:1", "--count", "-1")).isEqualTo(2);
        assertThat(typed.err()).contains("--count -1: 0 or more");
        assertThat(typed.run("", "msg", "127.0.0.1:1", "--send", "x")).isEqualTo(1);
        assertThat(typed.err()).hasLineCount(1).contains("127.0.0.1:1");
    }
}
