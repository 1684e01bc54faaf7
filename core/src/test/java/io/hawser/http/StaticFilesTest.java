package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.internal.http.FileBody;
import io.hawser.internal.http.HttpDates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticFilesTest {
    private static final Instant MODIFIED = Instant.parse("2025-01-02T03:04:05.6Z");
    private static final String MODIFIED_TEXT = HttpDates.format(MODIFIED);

    @TempDir
    private Path folder;

    private Path root;
    private StaticFiles files;

    @BeforeEach
    void fill() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        write("digits.txt", "0123456789");
        write("empty.txt", "");
        write("index.html", "<p>top");
        write("sub/index.html", "<p>sub");
        write("sub/a b.txt", "space");
        write("bare/x.txt", "x");
        write("ünï.txt", "utf8");
        write("app.3f2a9c1b.js", "hashed");
        write("app.js", "plain app");
        write("app.js.br", "BR");
        write("app.js.gz", "GZIP");
        write("pic.png", "png");
        write("pic.png.gz", "nobody wants it");
        write("noext", "?");
        write(".secret", "s");
        write(".well-known/x.txt", "known");
        write("sub/.git/config", "git");
        Files.writeString(folder.resolve("outside.txt"), "outside");
        Files.createDirectory(folder.resolve("root-evil"));
        Files.writeString(folder.resolve("root-evil/x.txt"), "outside");
        files = StaticFiles.of(root);
    }

    private void write(String name, String text) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.from(MODIFIED));
    }

    private Response get(String target, String... headers) throws IOException {
        return files.handle(Request.get(target).withHeaders(Headers.of(headers)));
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
        Response response = get(target);
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
        assertThat(get(target).status()).isIn(404, 400);
        assertThat(get(target).body().text()).doesNotContain("outside", folder.toString());
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
        assertThat(get(target).status()).isEqualTo(400);
    }

    @Test
    void aDoublyEncodedPathIsAName() throws IOException {
        assertThat(get("/%252e%252e/outside.txt").status()).isEqualTo(404);
        write("%2e%2e", "odd");
        assertThat(get("/%252e%252e").body().text()).isEqualTo("odd");
    }

    @Test
    void linksLeadOnlyInside() throws IOException {
        Files.createSymbolicLink(root.resolve("in.txt"), root.resolve("digits.txt"));
        Files.createSymbolicLink(root.resolve("relative.txt"), Path.of("sub/../digits.txt"));
        Files.createSymbolicLink(root.resolve("out.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("up"), folder);
        Files.createSymbolicLink(root.resolve("beside"), folder.resolve("root-evil"));
        Files.createSymbolicLink(root.resolve("chain"), root.resolve("up"));
        Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("nothing"));
        assertThat(get("/in.txt").body().text()).isEqualTo("0123456789");
        assertThat(get("/relative.txt").status()).isEqualTo(200);
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
            assertThat(get(target).status()).as(target).isIn(404, 200);
            if (!target.equals("/up/root/digits.txt"))
                assertThat(get(target).status()).as(target).isEqualTo(404);
        }
        Files.createSymbolicLink(folder.resolve("alias"), root);
        assertThat(StaticFiles.of(folder.resolve("alias"))
                        .handle(Request.get("/digits.txt"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anIndexThatLinksOutsideIsNone() throws IOException {
        Files.createDirectory(root.resolve("linked"));
        Files.createSymbolicLink(root.resolve("linked/index.html"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(root.resolve("digits.txt.gz"), folder.resolve("outside.txt"));
        assertThat(get("/linked/").status()).isEqualTo(404);
        assertThat(get("/digits.txt", "Accept-Encoding", "gzip").body().text()).isEqualTo("0123456789");
    }

    @Test
    void aFolderIsItsPathWithASlash() throws Exception {
        Response redirect = get("/sub?a=b");
        assertThat(redirect.status()).isEqualTo(308);
        assertThat(redirect.header("Location")).contains("/sub/?a=b");
        Router mounted = Router.builder().mount("/m/n", files).build();
        assertThat(mounted.handle(Request.get("/m/n/sub")).header("Location")).contains("/m/n/sub/");
        assertThat(mounted.handle(Request.get("/m/n")).body().text()).isEqualTo("<p>top");
        assertThat(mounted.handle(Request.get("/m/n/digits.txt")).status()).isEqualTo(200);
        assertThat(get("//evil.example/sub").status()).isEqualTo(404);
    }

    @Test
    void aListingIsAskedForAndEscaped() throws IOException {
        write("bare/<b>&\"'.txt", "x");
        write("bare/a:b.txt", "x");
        Files.createDirectory(root.resolve("bare/inner"));
        StaticFiles listed = StaticFiles.of(root, StaticFilesConfig.defaults().withListing(true));
        String page = listed.handle(Request.get("/bare/")).body().text();
        assertThat(page)
                .contains("<a href=\"./x.txt\">x.txt</a>", "./inner/", "&lt;b&gt;&amp;&quot;&#39;.txt")
                .doesNotContain("<b>", "a:b");
        assertThat(listed.handle(Request.get("/")).body().text()).isEqualTo("<p>top");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bytes=0-0|206|0|0-0",
                "bytes=0-9|206|0123456789|0-9",
                "bytes=2-4|206|234|2-4",
                "Bytes=2-4|206|234|2-4",
                "bytes=5-|206|56789|5-9",
                "bytes=-3|206|789|7-9",
                "bytes=-10|206|0123456789|0-9",
                "bytes=-11|206|0123456789|0-9",
                "bytes=-99999999999999999999|206|0123456789|0-9",
                "bytes=9-|206|9|9-9",
                "bytes=0-99|206|0123456789|0-9",
                "bytes=8-99999999999999999999|206|89|8-9",
                "bytes= 2-4 |206|234|2-4",
                "bytes=2-4,|206|234|2-4",
                "bytes=10-20,0-0|206|0|0-0",
                "bytes=10-|416||",
                "bytes=10-20|416||",
                "bytes=-0|416||",
                "bytes=99999999999999999999-|416||",
                "bytes=|200||",
                "bytes=-|200||",
                "bytes=a-b|200||",
                "bytes=4-2|200||",
                "bytes=2|200||",
                "bytes=+2-4|200||",
                "bytes=2 - 4|200||",
                "bytes=1-2;3|200||",
                "bytes 0-1|200||",
                "items=0-1|200||",
                "0-1|200||",
                "bytes=0-,0-|200||",
                "bytes=0-5,4-9|200||",
            })
    void aRangeIsAnswered(String range, int status, String content, String told) throws IOException {
        Response response = get("/digits.txt", "Range", range);
        assertThat(response.status()).isEqualTo(status);
        switch (status) {
            case 206 -> {
                assertThat(response.body().text()).isEqualTo(content);
                assertThat(response.header("Content-Range")).contains("bytes " + told + "/10");
                assertThat(response.body().length()).hasValue(content.length());
                assertThat(response.headers().has("ETag")).isTrue();
            }
            case 416 -> assertThat(response.header("Content-Range")).contains("bytes */10");
            default -> assertThat(response.body().text()).isEqualTo("0123456789");
        }
    }

    @Test
    void anEmptyFileHasNoRange() throws IOException {
        assertThat(get("/empty.txt").body().length()).hasValue(0);
        assertThat(get("/empty.txt", "Range", "bytes=0-").status()).isEqualTo(416);
        assertThat(get("/empty.txt", "Range", "bytes=-1").status()).isEqualTo(416);
    }

    @Test
    void severalRangesAreParts() throws IOException {
        Response response = get("/digits.txt", "Range", "bytes=7-8, 0-1,-1");
        assertThat(response.status()).isEqualTo(206);
        String type = response.headers().value("Content-Type", "");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        assertThat(response.headers().has("Content-Range")).isFalse();
        String boundary = type.substring(type.indexOf('=') + 1);
        String text = response.body().text();
        assertThat(text)
                .isEqualTo(("--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 7-8/10\r\n\r\n78"
                                + "\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 0-1/10\r\n\r\n01"
                                + "\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 9-9/10\r\n\r\n9"
                                + "\r\n--B--\r\n")
                        .replace("B", boundary));
        assertThat(response.body().length()).hasValue(text.length());
        assertThat(get("/digits.txt", "Range", "bytes=" + "0-0,".repeat(17)).status())
                .isEqualTo(200);
    }

    @Test
    void onlyGetHasRanges() throws IOException {
        Request head = Request.head("/digits.txt").withHeader("Range", "bytes=0-1");
        assertThat(files.handle(head).status()).isEqualTo(200);
        assertThat(files.handle(head).body().length()).hasValue(10);
    }

    @Test
    void ifRangeAsksForThisVeryFile() throws IOException {
        String tag = get("/digits.txt").headers().value("ETag", "");
        assertThat(ifRange(tag)).isEqualTo(206);
        assertThat(ifRange(MODIFIED_TEXT)).isEqualTo(206);
        assertThat(ifRange("\"other\"")).isEqualTo(200);
        assertThat(ifRange("W/" + tag)).isEqualTo(200);
        assertThat(ifRange(HttpDates.format(MODIFIED.plusSeconds(1)))).isEqualTo(200);
        assertThat(ifRange(HttpDates.format(MODIFIED.minusSeconds(1)))).isEqualTo(200);
        assertThat(ifRange("nonsense")).isEqualTo(200);
    }

    private int ifRange(String condition) throws IOException {
        return get("/digits.txt", "Range", "bytes=0-1", "If-Range", condition).status();
    }

    @Test
    void aChangedFileHasAnotherTag() throws IOException {
        String before = get("/digits.txt").headers().value("ETag", "");
        Files.setLastModifiedTime(root.resolve("digits.txt"), FileTime.from(MODIFIED.plusMillis(1)));
        assertThat(get("/digits.txt").headers().value("ETag", "")).isNotEqualTo(before);
        assertThat(get("/digits.txt", "If-None-Match", before).status()).isEqualTo(200);
    }

    @Test
    void aFileThatIsKnownIsNotSent() throws IOException {
        String tag = get("/digits.txt").headers().value("ETag", "");
        Response same = get("/digits.txt", "If-None-Match", "\"x\", W/" + tag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body().length()).hasValue(0);
        assertThat(same.header("ETag")).contains(tag);
        assertThat(same.header("Cache-Control")).contains("no-cache");
        assertThat(same.headers().has("Content-Type")).isFalse();
        assertThat(get("/digits.txt", "If-Modified-Since", MODIFIED_TEXT).status())
                .isEqualTo(304);
        assertThat(get("/digits.txt", "If-Match", "\"x\"").status()).isEqualTo(412);
        assertThat(get("/digits.txt", "If-None-Match", tag, "Range", "bytes=0-1")
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "br|br|BR",
                "gzip|gzip|GZIP",
                "gzip, br|br|BR",
                "gzip;q=1, br;q=0.5|gzip|GZIP",
                "*|br|BR",
                "zstd|''|plain app",
                "''|''|plain app",
                "identity|''|plain app",
                "br;q=0|''|plain app",
                "br;q=0, *|gzip|GZIP",
                "deflate|''|plain app",
                "x-gzip|gzip|GZIP",
                "BR|br|BR",
            })
    void aPrecompressedSiblingIsPreferred(String accept, String coding, String content) throws IOException {
        Response response = get("/app.js", "Accept-Encoding", accept);
        assertThat(response.headers().value("Content-Encoding", "")).isEqualTo(coding);
        assertThat(response.body().text()).isEqualTo(content);
        assertThat(response.header("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(response.header("Vary")).contains("Accept-Encoding");
    }

    @Test
    void variantsHaveTagsAndRangesOfTheirOwn() throws IOException {
        String plain = get("/app.js").headers().value("ETag", "");
        Response br = get("/app.js", "Accept-Encoding", "br");
        assertThat(br.headers().value("ETag", "")).isNotEqualTo(plain);
        assertThat(get("/app.js", "Accept-Encoding", "br", "If-None-Match", plain)
                        .status())
                .isEqualTo(200);
        Response part = get("/app.js", "Accept-Encoding", "br", "Range", "bytes=1-1");
        assertThat(part.body().text()).isEqualTo("R");
        assertThat(part.header("Content-Range")).contains("bytes 1-1/2");
        assertThat(part.header("Content-Encoding")).contains("br");
    }

    @Test
    void aSiblingThatIsOlderOrOfAPictureIsNotServed() throws IOException {
        assertThat(get("/pic.png", "Accept-Encoding", "gzip").headers().has("Content-Encoding"))
                .isFalse();
        assertThat(get("/pic.png").headers().has("Vary")).isFalse();
        Files.setLastModifiedTime(root.resolve("app.js.br"), FileTime.from(MODIFIED.minusSeconds(1)));
        assertThat(get("/app.js", "Accept-Encoding", "br").headers().has("Content-Encoding"))
                .isFalse();
        StaticFiles without = StaticFiles.of(root, StaticFilesConfig.defaults().withPrecompressed());
        Request request = Request.get("/app.js").withHeader("Accept-Encoding", "gzip");
        assertThat(without.handle(request).headers().has("Content-Encoding")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/digits.txt|no-store",
                "/app.3f2a9c1b.js|max-age=60",
                "/index.html|no-cache",
                "/sub/index.html|max-age=7",
                "/noext|no-cache",
            })
    void cachesAreToldByPattern(String target, String expected) throws IOException {
        StaticFilesConfig config = StaticFilesConfig.defaults()
                .withCacheControl("*.txt", "no-store")
                .withCacheControl("sub/**", "max-age=7")
                .withCacheControl("*.js", "max-age=60");
        assertThat(StaticFiles.of(root, config).handle(Request.get(target)).header("Cache-Control"))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "app.3f2a9c1b.js,true", "app-3f2a9c1b.css,true", "app.3f2a9c1b.js.map,true", "app.deadbeef.js,false",
                "report-20240101.pdf,false",
        "app.3f2a9c1.js,false", "3f2a9c1b.js,false", "app.3F2A9C1B.js,false", "app.js,false",
                "a.0123456789abcdef0123456789abcdef.woff2,true",
    })
    void aHashInANameMakesItImmutable(String name, boolean immutable) throws IOException {
        write(name, "x");
        assertThat(get("/" + name).headers().value("Cache-Control", "").contains("immutable"))
                .isEqualTo(immutable);
        StaticFiles plain = StaticFiles.of(
                root, StaticFilesConfig.defaults().withHashedNames(false).withOtherCacheControl(""));
        assertThat(plain.handle(Request.get("/" + name)).headers().has("Cache-Control"))
                .isFalse();
    }

    @Test
    void otherMethodsAreNotAllowed() throws IOException {
        Response post = files.handle(Request.post("/digits.txt", Body.empty()));
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("Allow")).contains("GET, HEAD, OPTIONS");
        assertThat(files.handle(Request.of(Method.OPTIONS, "/")).status()).isEqualTo(204);
    }

    @Test
    void aConfigurationIsChecked() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StaticFilesConfig.defaults().withPrecompressed("lzma"));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> StaticFiles.of(folder.resolve("nowhere")));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> StaticFiles.of(folder.resolve("outside.txt")));
        StaticFiles own = StaticFiles.of(
                root,
                StaticFilesConfig.defaults()
                        .withMediaTypes(Map.of("txt", "text/x-own"))
                        .withHidden(true)
                        .withIndexFiles("none", "digits.txt"));
        assertThat(own.handle(Request.get("/")).header("Content-Type")).contains("text/x-own");
        assertThat(own.handle(Request.get("/.secret")).status()).isEqualTo(200);
    }
}
