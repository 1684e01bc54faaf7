package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.testing.FakeTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CookieJarTest {
    private static final String URL = "https://www.example.co.uk/a/b";

    private final FakeTime time = new FakeTime();
    private final CookieJar jar = CookieJar.inMemory(time);

    private String sent(String url) throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        origin.with(jar).handle(Request.get(url));
        return origin.last().header("Cookie").orElse("");
    }

    @Test
    void whatAServerSetsComesBackToIt() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(
                Response.ok().addingHeader("Set-Cookie", "a=1").addingHeader("Set-Cookie", "b=2; Path=/a"),
                Response.ok());
        HttpHandler client = origin.with(jar);
        client.handle(Request.get(URL));
        client.handle(Request.get(URL));
        assertThat(origin.requests().getFirst().header("Cookie")).isEmpty();
        assertThat(origin.last().header("Cookie")).contains("a=1; b=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // Domain.
                "a=1                                | https://www.example.co.uk/a/x | yes",
                "a=1                                | https://example.co.uk/a/x     | no",
                "a=1; Domain=example.co.uk          | https://example.co.uk/a/x     | yes",
                "a=1; Domain=.Example.CO.UK         | https://x.y.example.co.uk/a/x | yes",
                "a=1; Domain=example.co.uk          | https://badexample.co.uk/a/x  | no",
                "a=1; Domain=co.uk                  | https://www.example.co.uk/a/x | no",
                "a=1; Domain=uk                     | https://www.example.co.uk/a/x | no",
                "a=1; Domain=other.co.uk            | https://www.example.co.uk/a/x | no",
                "a=1; Domain=x.www.example.co.uk    | https://www.example.co.uk/a/x | no",
                "a=1; Domain=                       | https://www.example.co.uk/a/x | yes",
                // Path.
                "a=1                                | https://www.example.co.uk/b   | no",
                "a=1; Path=/                        | https://www.example.co.uk/b   | yes",
                "a=1; Path=/b                       | https://www.example.co.uk/b   | yes",
                "a=1; Path=/b                       | https://www.example.co.uk/bc  | no",
                "a=1; Path=/b/                      | https://www.example.co.uk/b   | no",
                "a=1; Path=/b/                      | https://www.example.co.uk/b/c | yes",
                "a=1; Path=b                        | https://www.example.co.uk/a/x | yes",
                "a=1; Path=/; Path                  | https://www.example.co.uk/b   | no",
                // Secure, SameSite and prefixes.
                "a=1; Secure                        | https://www.example.co.uk/a/x | yes",
                "a=1; Secure                        | http://www.example.co.uk/a/x  | no",
                "a=1                                | http://www.example.co.uk/a/x  | yes",
                "a=1; SameSite=None                 | https://www.example.co.uk/a/x | no",
                "a=1; SameSite=None; Secure         | https://www.example.co.uk/a/x | yes",
                "a=1; SameSite=Strict               | https://www.example.co.uk/a/x | yes",
                "__Secure-a=1; Secure               | https://www.example.co.uk/a/x | yes",
                "__Secure-a=1                       | https://www.example.co.uk/a/x | no",
                "__Host-a=1; Secure; Path=/         | https://www.example.co.uk/a/x | yes",
                "__Host-a=1; Secure                 | https://www.example.co.uk/a/x | no",
                "__HOST-a=1; Secure; Path=/x        | https://www.example.co.uk/x   | no",
                "__Host-a=1; Secure; Path=/; Domain=www.example.co.uk | https://www.example.co.uk/ | no",
                "=__Host-a=1                        | https://www.example.co.uk/a/x | no",
                // Age.
                "a=1; Max-Age=1                     | https://www.example.co.uk/a/x | yes",
                "a=1; Max-Age=0                     | https://www.example.co.uk/a/x | no",
                "a=1; Max-Age=-1                    | https://www.example.co.uk/a/x | no",
                "a=1; Max-Age=x                     | https://www.example.co.uk/a/x | yes",
                "a=1; Max-Age=99999999999999        | https://www.example.co.uk/a/x | yes",
                "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT           | https://www.example.co.uk/a/x | no",
                "a=1; Expires=Thu, 01-Jan-2032 00:00:00 GMT           | https://www.example.co.uk/a/x | yes",
                "a=1; Expires=01 jan 32 0:0:0                         | https://www.example.co.uk/a/x | yes",
                "a=1; Expires=Jan 1 00:00:00 2025                     | https://www.example.co.uk/a/x | no",
                "a=1; Expires=never                                   | https://www.example.co.uk/a/x | yes",
                "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9 | https://www.example.co.uk/a/x | yes",
                "a=1; Max-Age=0; Expires=Thu, 01-Jan-2032 00:00:00 GMT | https://www.example.co.uk/a/x | no",
                // Shape.
                "a=1; HttpOnly; Unknown=x; ;        | https://www.example.co.uk/a/x | yes",
                "a                                  | https://www.example.co.uk/a/x | bare",
                "=                                  | https://www.example.co.uk/a/x | no"
            })
    void aCookieGoesWhereItMay(String field, String url, String verdict) throws Exception {
        jar.set(URL, field);
        String name = field.substring(0, Math.max(1, field.indexOf('=')));
        assertThat(sent(url))
                .isEqualTo(
                        switch (verdict) {
                            case "yes" -> name + "=1";
                            case "bare" -> "a";
                            default -> "";
                        });
    }

    @Test
    void addressesAndSuffixesThatAreHostsAreOnlyThemselves() throws Exception {
        jar.set("http://127.0.0.1/", "a=1; Domain=0.0.1");
        jar.set("http://127.0.0.1/", "b=2; Domain=127.0.0.1");
        jar.set("http://[::1]:8080/", "c=3");
        jar.set("http://localhost:80/", "d=4; Domain=localhost");
        jar.set("https://github.io/", "e=5; Domain=github.io");
        assertThat(sent("http://127.0.0.1:9000/")).isEqualTo("b=2");
        assertThat(sent("http://[::1]/")).isEqualTo("c=3");
        assertThat(sent("http://localhost/")).isEqualTo("d=4");
        assertThat(sent("https://github.io/")).isEqualTo("e=5");
        assertThat(sent("https://someone.github.io/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "com,true",
        "co.uk,true",
        "example.com,false",
        "foo.ck,true",
        "www.ck,false",
        "kobe.jp,false",
        "x.kobe.jp,true",
        "city.kobe.jp,false",
        "github.io,true",
        "unknowntld,true"
    })
    void publicSuffixesAreThoseOfTheList(String domain, boolean isSuffix) throws Exception {
        jar.set("https://host." + domain + "/", "a=1; Domain=" + domain);
        assertThat(sent("https://host." + domain + "/").isEmpty()).isEqualTo(isSuffix);
    }

    @Test
    void plainHttpCannotHideASecureCookie() throws Exception {
        jar.set("https://example.com/login", "sid=good; Secure; Path=/login");
        jar.set("http://example.com/login/x", "sid=evil; Path=/login/x");
        jar.set("http://www.example.com/", "sid=evil; Domain=example.com; Path=/login/x");
        jar.set("http://example.com/", "other=fine; Path=/");
        assertThat(sent("https://example.com/login/x")).isEqualTo("sid=good; other=fine");
    }

    @Test
    void longerPathsComeFirstThenOlderOnes() throws Exception {
        jar.set(URL, "short=1; Path=/");
        time.pass(Duration.ofSeconds(1));
        jar.set(URL, "new=2; Path=/");
        jar.set(URL, "long=3; Path=/a/b");
        time.pass(Duration.ofSeconds(1));
        jar.set(URL, "short=4; Path=/");
        assertThat(sent(URL)).isEqualTo("long=3; short=4; new=2");
    }

    @Test
    void whatTheRequestHasItselfCountsFirst() throws Exception {
        jar.set(URL, "a=jar; Path=/");
        jar.set(URL, "b=jar; Path=/");
        FakeOrigin origin = FakeOrigin.answering(Response.ok());
        origin.with(jar).handle(Request.get(URL).withHeader("Cookie", "a=own"));
        assertThat(origin.last().headers().all("Cookie")).containsExactly("a=own; b=jar");
    }

    @Test
    void cookiesExpireAndNoneLivesForMoreThan400Days() throws Exception {
        jar.set(URL, "soon=1; Max-Age=10");
        jar.set(URL, "late=2; Max-Age=100000000");
        time.pass(Duration.ofSeconds(10));
        assertThat(sent(URL)).isEqualTo("late=2");
        time.pass(Duration.ofDays(400));
        assertThat(sent(URL)).isEmpty();
        assertThat(jar.cookies()).isEmpty();
    }

    @Test
    void theLimitsHoldAndWhatWasUsedLongestAgoGoes() throws Exception {
        jar.set(URL, "secure=1; Secure");
        for (int i = 0; i < 179; i++) jar.set(URL, "c" + i + "=1; Path=/" + i);
        assertThat(sent("https://www.example.co.uk/0")).isEqualTo("c0=1");
        jar.set(URL, "new=1");
        assertThat(jar.cookies()).hasSize(180);
        assertThat(jar.cookies())
                .extracting(StoredCookie::name)
                .contains("secure", "c0", "new")
                .doesNotContain("c1");
        for (int i = 0; i < 3_000; i++) jar.set("https://h" + i + ".example/", "x=1");
        assertThat(jar.cookies()).hasSize(3_000);
        assertThat(jar.cookies()).extracting(StoredCookie::domain).contains("h2999.example");
        jar.removeIf(cookie -> !cookie.domain().equals("h2999.example"));
        assertThat(jar.cookies()).extracting(StoredCookie::domain).containsExactly("h2999.example");
    }

    @Test
    void aCookieThatIsTooLargeIsIgnored() {
        jar.set(URL, "a=" + "x".repeat(4095));
        jar.set(URL, "b=" + "x".repeat(4096));
        jar.set(URL, "c=1; Path=/" + "x".repeat(1024));
        assertThat(jar.cookies()).extracting(StoredCookie::name).containsExactlyInAnyOrder("a", "c");
        assertThat(jar.cookies()).extracting(StoredCookie::path).containsOnly("/a");
    }

    @Test
    void aJarInAFileComesBackWithoutItsSessionCookies(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("deep/cookies.json");
        try (CookieJar kept = CookieJar.open(file, time)) {
            kept.set(URL, "session=1");
            kept.set(URL, "kept=2; Max-Age=100; Domain=example.co.uk; Path=/; Secure; HttpOnly; SameSite=Strict");
            kept.set(URL, "short=3; Max-Age=10");
        }
        assertThat(Files.getPosixFilePermissions(file)).hasToString("[OWNER_READ, OWNER_WRITE]");
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(1);
        }
        time.pass(Duration.ofSeconds(10));
        try (CookieJar again = CookieJar.open(file, time)) {
            assertThat(again.cookies()).hasSize(1);
            StoredCookie cookie = again.cookies().getFirst();
            assertThat(cookie.name() + cookie.value() + cookie.domain() + cookie.path())
                    .isEqualTo("kept2example.co.uk/");
            assertThat(cookie.secure() && cookie.httpOnly() && !cookie.hostOnly())
                    .isTrue();
            assertThat(cookie.sameSite()).isEqualTo("Strict");
            assertThat(cookie.expires()).contains(time.now().plusSeconds(90));
            assertThat(cookie.toString()).doesNotContain("2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{\"version\":2,\"cookies\":[]}",
                "{\"version\":1,\"cookies\":[{}]}",
                "{\"version\":1,\"cookies\":[{\"name\":\"a\\n\"}]}"
            })
    void aFileThatIsNoJarIsNamed(String content, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("cookies.json"), content);
        assertThatThrownBy(() -> CookieJar.open(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cookies.json");
        assertThat(file).hasContent(content);
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> CookieJar.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void manyThreadsMayUseOneJar() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int thread = i;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int j = 0; j < 100; j++) {
                    jar.set("https://h" + thread + ".example/", "c" + j + "=1");
                    jar.cookies();
                }
            }));
        }
        for (Thread thread : threads) thread.join();
        assertThat(jar.cookies()).hasSize(800);
    }
}
