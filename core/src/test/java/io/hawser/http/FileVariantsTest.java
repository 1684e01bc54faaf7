package io.hawser.http;

import static io.hawser.http.SampleFolder.MODIFIED;
import static io.hawser.http.SampleFolder.MODIFIED_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which form of a file is sent, and what caches are told of it.
final class FileVariantsTest {
    @TempDir
    private Path folder;

    private SampleFolder sample;

    @BeforeEach
    void fill() throws IOException {
        sample = SampleFolder.in(folder);
    }

    @Test
    void aChangedFileHasAnotherTag() throws IOException {
        String before = sample.get("/digits.txt").headers().value("ETag", "");
        Files.setLastModifiedTime(sample.root().resolve("digits.txt"), FileTime.from(MODIFIED.plusMillis(1)));
        assertThat(sample.get("/digits.txt").headers().value("ETag", "")).isNotEqualTo(before);
        assertThat(sample.get("/digits.txt", "If-None-Match", before).status()).isEqualTo(200);
    }

    @Test
    void aFileThatIsKnownIsNotSent() throws IOException {
        String tag = sample.get("/digits.txt").headers().value("ETag", "");
        Response same = sample.get("/digits.txt", "If-None-Match", "\"x\", W/" + tag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body().length()).hasValue(0);
        assertThat(same.header("ETag")).contains(tag);
        assertThat(same.header("Cache-Control")).contains("no-cache");
        assertThat(same.headers().has("Content-Type")).isFalse();
        assertThat(sample.get("/digits.txt", "If-Modified-Since", MODIFIED_TEXT).status())
                .isEqualTo(304);
        assertThat(sample.get("/digits.txt", "If-Match", "\"x\"").status()).isEqualTo(412);
        assertThat(sample.get("/digits.txt", "If-None-Match", tag, "Range", "bytes=0-1")
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
        Response response = sample.get("/app.js", "Accept-Encoding", accept);
        assertThat(response.headers().value("Content-Encoding", "")).isEqualTo(coding);
        assertThat(response.body().text()).isEqualTo(content);
        assertThat(response.header("Content-Type")).contains("text/javascript; charset=utf-8");
        assertThat(response.header("Vary")).contains("Accept-Encoding");
    }

    @Test
    void variantsHaveTagsAndRangesOfTheirOwn() throws IOException {
        String plain = sample.get("/app.js").headers().value("ETag", "");
        Response br = sample.get("/app.js", "Accept-Encoding", "br");
        assertThat(br.headers().value("ETag", "")).isNotEqualTo(plain);
        assertThat(sample.get("/app.js", "Accept-Encoding", "br", "If-None-Match", plain)
                        .status())
                .isEqualTo(200);
        Response part = sample.get("/app.js", "Accept-Encoding", "br", "Range", "bytes=1-1");
        assertThat(part.body().text()).isEqualTo("R");
        assertThat(part.header("Content-Range")).contains("bytes 1-1/2");
        assertThat(part.header("Content-Encoding")).contains("br");
    }

    @Test
    void aSiblingThatIsOlderOrOfAPictureIsNotServed() throws IOException {
        assertThat(sample.get("/pic.png", "Accept-Encoding", "gzip").headers().has("Content-Encoding"))
                .isFalse();
        assertThat(sample.get("/pic.png").headers().has("Vary")).isFalse();
        Files.setLastModifiedTime(sample.root().resolve("app.js.br"), FileTime.from(MODIFIED.minusSeconds(1)));
        assertThat(sample.get("/app.js", "Accept-Encoding", "br").headers().has("Content-Encoding"))
                .isFalse();
        StaticFiles without =
                StaticFiles.of(sample.root(), StaticFilesConfig.defaults().withPrecompressed());
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
        assertThat(StaticFiles.of(sample.root(), config)
                        .handle(Request.get(target))
                        .header("Cache-Control"))
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
        sample.write(name, "x");
        assertThat(sample.get("/" + name).headers().value("Cache-Control", "").contains("immutable"))
                .isEqualTo(immutable);
        StaticFiles plain = StaticFiles.of(
                sample.root(),
                StaticFilesConfig.defaults().withHashedNames(false).withOtherCacheControl(""));
        assertThat(plain.handle(Request.get("/" + name)).headers().has("Cache-Control"))
                .isFalse();
    }

    @Test
    void aLinkIsCachedAndTypedByItsOwnName() throws IOException {
        link("latest.js", "app.3f2a9c1b.js");
        link("page.html", "digits.txt");
        link("pinned.0a1b2c3d.js", "app.js");
        Response latest = sample.get("/latest.js");
        assertThat(latest.body().text()).isEqualTo("hashed");
        assertThat(latest.header("Cache-Control")).contains("no-cache");
        assertThat(sample.get("/page.html").header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(sample.get("/pinned.0a1b2c3d.js").headers().value("Cache-Control", ""))
                .contains("immutable");
    }

    @Test
    void theRulesForAPathGoByTheFolderThatWasAskedFor() throws IOException {
        link("now", "sub");
        StaticFiles files =
                StaticFiles.of(sample.root(), StaticFilesConfig.defaults().withCacheControl("now/**", "no-store"));
        assertThat(files.handle(Request.get("/now/")).header("Cache-Control")).contains("no-store");
        assertThat(files.handle(Request.get("/now/a%20b.txt")).header("Cache-Control"))
                .contains("no-store");
        assertThat(files.handle(Request.get("/sub/")).header("Cache-Control")).contains("no-cache");
    }

    @Test
    void aVariantIsBesideTheLink() throws IOException {
        link("alias.js", "app.js");
        sample.write("other.js", "other");
        sample.write("other.js.gz", "OTHER GZIP");
        link("swapped.js", "other.js");
        link("swapped.js.gz", "app.js.gz");
        assertThat(sample.get("/alias.js", "Accept-Encoding", "gzip").body().text())
                .isEqualTo("plain app");
        assertThat(sample.get("/swapped.js", "Accept-Encoding", "gzip").body().text())
                .isEqualTo("GZIP");
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(sample.root().resolve(name), Path.of(target));
    }
}
