package io.hawser.http;

import static io.hawser.http.SampleFolder.MODIFIED_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.internal.http.FileBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticFilesTest {
    @TempDir
    private Path folder;

    private SampleFolder sample;

    @BeforeEach
    void fill() throws IOException {
        sample = SampleFolder.in(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/digits.txt|0123456789|text/plain; charset=utf-8",
                "/digits.txt?x=y|0123456789|text/plain; charset=utf-8",
                "/d%69gits.txt|0123456789|text/plain; charset=utf-8",
                "/|<p>top|text/html; charset=utf-8",
                "/index.html|<p>top|text/html; charset=utf-8",
                "/sub/|<p>sub|text/html; charset=utf-8",
                "/sub/a%20b.txt|space|text/plain; charset=utf-8",
                "/%C3%BCn%C3%AF.txt|utf8|text/plain; charset=utf-8",
                "/pic.png|png|image/png",
                "/noext|?|application/octet-stream",
                "/.well-known/x.txt|known|text/plain; charset=utf-8",
                "http://h/digits.txt|0123456789|text/plain; charset=utf-8",
            })
    void aFileIsServed(String target, String content, String type) throws IOException {
        Response response = sample.get(target);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body().text()).isEqualTo(content);
        assertThat(response.header("Content-Type")).contains(type);
        assertThat(response.header("Last-Modified")).contains(MODIFIED_TEXT);
        assertThat(response.header("Accept-Ranges")).contains("bytes");
        assertThat(response.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().value("ETag", "")).matches("\"[0-9a-f-]+\"");
        assertThat(response.body()).isInstanceOf(FileBody.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/none",
                "/digits.txt/",
                "/digits.txt/x",
                "//digits.txt",
                "/sub//index.html",
                "/.secret",
                "/sub/.git/config",
                "/%2Esecret",
                "/bare/",
                "/sub%2Findex.html",
                "/sub%5Cindex.html",
                "/..%2Foutside.txt",
                "/%2e%2e%2Foutside.txt",
                "/..%5Coutside.txt",
                "/%2Fetc%2Fpasswd",
                "//etc/passwd",
                "/c:/x",
                "/digits.txt:$DATA",
                "/a%0Ab",
                "/%7F",
                "/DIGITS.TXT",
                "/root-evil/x.txt",
                "/..%c0%af",
                "/...%2F",
                "*",
                "/xy",
            })
    void whatIsNoFileInsideIsNotFound(String target) throws IOException {
        assertThat(sample.get(target).status()).isIn(404, 400);
        assertThat(sample.get(target).body().text()).doesNotContain("outside", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../outside.txt",
                "/%2e%2e/outside.txt",
                "/.%2e/outside.txt",
                "/%2E./outside.txt",
                "/sub/../../outside.txt",
                "/sub/..",
                "/./digits.txt",
                "/sub/%2e/index.html",
                "/digits.txt%00",
                "/%00",
                "/digits.txt%00.png",
                "/%",
                "/%zz",
                "/%C3",
                "/%C0%AE%C0%AE/x",
                "/%e0%80%ae%e0%80%ae/outside.txt",
                "/%u002e"
            })
    void aPathThatTriesToLeaveIsRefused(String target) throws IOException {
        assertThat(sample.get(target).status()).isEqualTo(400);
    }

    @Test
    void aDoublyEncodedPathIsAName() throws IOException {
        assertThat(sample.get("/%252e%252e/outside.txt").status()).isEqualTo(404);
        sample.write("%2e%2e", "odd");
        assertThat(sample.get("/%252e%252e").body().text()).isEqualTo("odd");
    }

    @Test
    void linksLeadOnlyInside() throws IOException {
        Files.createSymbolicLink(sample.root().resolve("in.txt"), sample.root().resolve("digits.txt"));
        Files.createSymbolicLink(sample.root().resolve("relative.txt"), Path.of("sub/../digits.txt"));
        Files.createSymbolicLink(sample.root().resolve("out.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(sample.root().resolve("up"), folder);
        Files.createSymbolicLink(sample.root().resolve("beside"), folder.resolve("root-evil"));
        Files.createSymbolicLink(sample.root().resolve("chain"), sample.root().resolve("up"));
        Files.createSymbolicLink(sample.root().resolve("loop"), sample.root().resolve("loop"));
        Files.createSymbolicLink(
                sample.root().resolve("dangling"), sample.root().resolve("nothing"));
        assertThat(sample.get("/in.txt").body().text()).isEqualTo("0123456789");
        assertThat(sample.get("/relative.txt").status()).isEqualTo(200);
        for (String target : List.of(
                "/out.txt",
                "/up",
                "/up/",
                "/up/outside.txt",
                "/beside/x.txt",
                "/chain/outside.txt",
                "/loop",
                "/dangling",
                "/up/root/digits.txt")) {
            assertThat(sample.get(target).status()).as(target).isIn(404, 200);
            if (!target.equals("/up/root/digits.txt"))
                assertThat(sample.get(target).status()).as(target).isEqualTo(404);
        }
        Files.createSymbolicLink(folder.resolve("alias"), sample.root());
        assertThat(StaticFiles.of(folder.resolve("alias"))
                        .handle(Request.get("/digits.txt"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anIndexThatLinksOutsideIsNone() throws IOException {
        Files.createDirectory(sample.root().resolve("linked"));
        Files.createSymbolicLink(sample.root().resolve("linked/index.html"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(sample.root().resolve("digits.txt.gz"), folder.resolve("outside.txt"));
        assertThat(sample.get("/linked/").status()).isEqualTo(404);
        assertThat(sample.get("/digits.txt", "Accept-Encoding", "gzip").body().text())
                .isEqualTo("0123456789");
    }

    @Test
    void aFolderIsItsPathWithASlash() throws Exception {
        Response redirect = sample.get("/sub?a=b");
        assertThat(redirect.status()).isEqualTo(308);
        assertThat(redirect.header("Location")).contains("/sub/?a=b");
        Router mounted = Router.builder().mount("/m/n", sample.files()).build();
        assertThat(mounted.handle(Request.get("/m/n/sub")).header("Location")).contains("/m/n/sub/");
        assertThat(mounted.handle(Request.get("/m/n")).body().text()).isEqualTo("<p>top");
        assertThat(mounted.handle(Request.get("/m/n/digits.txt")).status()).isEqualTo(200);
        assertThat(sample.get("//evil.example/sub").status()).isEqualTo(404);
    }

    @Test
    void aListingIsAskedForAndEscaped() throws IOException {
        sample.write("bare/<b>&\"'.txt", "x");
        sample.write("bare/a:b.txt", "x");
        Files.createDirectory(sample.root().resolve("bare/inner"));
        StaticFiles listed =
                StaticFiles.of(sample.root(), StaticFilesConfig.defaults().withListing(true));
        String page = listed.handle(Request.get("/bare/")).body().text();
        assertThat(page)
                .contains("<a href=\"./x.txt\">x.txt</a>", "./inner/", "&lt;b&gt;&amp;&quot;&#39;.txt")
                .doesNotContain("<b>", "a:b");
        assertThat(listed.handle(Request.get("/")).body().text()).isEqualTo("<p>top");
    }

    @Test
    void otherMethodsAreNotAllowed() throws IOException {
        Response post = sample.files().handle(Request.post("/digits.txt", Body.empty()));
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(sample.files().handle(Request.of(Method.OPTIONS, "/")).status())
                .isEqualTo(204);
    }

    @Test
    void aConfigurationIsChecked() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaticFilesConfig.defaults().withPrecompressed("lzma"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> StaticFiles.of(folder.resolve("nowhere")));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> StaticFiles.of(folder.resolve("outside.txt")));
        StaticFiles own = StaticFiles.of(
                sample.root(),
                StaticFilesConfig.defaults()
                        .withMediaTypes(Map.of("txt", "text/x-own"))
                        .withHidden(true)
                        .withIndexFiles("none", "digits.txt"));
        assertThat(own.handle(Request.get("/")).header("Content-Type")).contains("text/x-own");
        assertThat(own.handle(Request.get("/.secret")).status()).isEqualTo(200);
    }
}
