package io.hawser.hub.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.http.HttpClient;
import io.hawser.http.Request;
import io.hawser.http.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskTest {
    private static final HttpClient NOWHERE = HttpClient.over(request -> Response.ok());

    private static Request ask(boolean form, String... words) throws IOException {
        return Ask.parse(List.of(words), form, false).call(NOWHERE).request();
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, http://example.org",
        "example.org/a?b, http://example.org/a?b",
        ":9000/ws, http://localhost:9000/ws",
        "https://example.org/#part, https://example.org/",
        "localhost, http://localhost",
    })
    void aUrlMayLackWhatIsUsual(String text, String url) throws IOException {
        assertThat(ask(false, text).target()).isEqualTo(url);
    }

    @Test
    void itemsBecomeFieldsParametersAndJson() throws IOException {
        Request request =
                ask(false, ":1/p", "name=Ada", "age:=36", "tags:=[\"a\",1]", "X-A: b", "q==c d", "url=http://x?a=b");
        assertThat(request).hasToString("POST http://localhost:1/p?q=c+d");
        assertThat(request.body().text())
                .isEqualTo("{\"name\":\"Ada\",\"age\":36,\"tags\":[\"a\",1],\"url\":\"http://x?a=b\"}");
        assertThat(request.header("Content-Type")).contains("application/json");
        assertThat(request.header("X-A")).contains("b");
    }

    @Test
    void fieldsMakeAFormWhereOneIsAskedFor() throws IOException {
        Request request = ask(true, "PUT", ":1", "a=1 2", "b=ü");
        assertThat(request.method().name()).isEqualTo("PUT");
        assertThat(request.body().text()).isEqualTo("a=1+2&b=%C3%BC");
    }

    @Test
    void filesAreTheBodyOrAPartOfIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("f.txt"), "content");
        assertThat(ask(false, "POST", ":1", "@" + file).body().text()).isEqualTo("content");
        Request form = ask(false, ":1", "up@" + file, "name=x");
        assertThat(form.header("Content-Type").orElse("")).startsWith("multipart/form-data; boundary=");
        assertThat(form.body().text())
                .contains("filename=\"f.txt\"")
                .contains("content")
                .contains("name=\"name\"");
        assertThatThrownBy(() -> ask(false, ":1", "@" + file, "a=b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theMethodIsGetUnlessThereIsABodyOrItIsSaid() throws IOException {
        assertThat(ask(false, ":1").method().name()).isEqualTo("GET");
        assertThat(ask(false, ":1", "a==b", "H:v").method().name()).isEqualTo("GET");
        assertThat(ask(false, ":1", "a=b").method().name()).isEqualTo("POST");
        assertThat(ask(false, "DELETE", ":1").method().name()).isEqualTo("DELETE");
    }

    @Test
    void whatIsNoItemIsSaid() {
        assertThatThrownBy(() -> ask(false, ":1", "nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nothing' is no item");
        assertThatThrownBy(() -> ask(false, ":1", "a:={")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ask(false, "a b")).isInstanceOf(IllegalArgumentException.class);
    }
}
