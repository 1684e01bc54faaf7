package io.hawser.hub.http;

import io.hawser.http.Body;
import io.hawser.http.HttpCall;
import io.hawser.http.HttpClient;
import io.hawser.http.Method;
import io.hawser.http.Parameters;
import io.hawser.http.Part;
import io.hawser.hub.http.Item.Separator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What is asked: method, URL and items, as they stand on the command line.
///
/// @param isForm whether fields make a form, not JSON
public record Ask(Method method, String url, List<Item> items, boolean isForm) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final JsonMapper JSON = new JsonMapper();

    /// Reads `[METHOD] URL [ITEM...]`.
    ///
    /// @param hasInput whether standard input is the body if no item is
    /// @throws IllegalArgumentException if it is not that
    public static Ask parse(List<String> words, boolean isForm, boolean hasInput) {
        boolean hasMethod = words.size() > 1 && METHOD.matcher(words.getFirst()).matches();
        List<String> rest = hasMethod ? words.subList(1, words.size()) : words;
        List<Item> items = Item.all(rest.subList(1, rest.size()));
        boolean hasContent = items.stream().anyMatch(Item::isContent);
        Method method = hasMethod ? Method.of(words.getFirst()) : hasContent ? Method.POST : Method.GET;
        List<Item> all = new ArrayList<>(items);
        boolean takesInput = method.equals(Method.POST) || method.equals(Method.PUT) || method.equals(Method.PATCH);
        if (!hasContent && hasInput && hasMethod && takesInput) all.add(new Item("", Separator.FILE, "-"));
        return new Ask(method, url(rest.getFirst()), all, isForm);
    }

    /// A fragment is never sent.
    private static String url(String text) {
        int fragment = text.indexOf('#');
        return whole("http", fragment < 0 ? text : text.substring(0, fragment));
    }

    /// `host/path` and `:port/path` on a command line, which are of `scheme`; a whole URL stays as it is.
    public static String whole(String scheme, String url) {
        if (url.contains("://")) return url;
        return scheme + "://" + (url.startsWith(":") ? "localhost" + url : url);
    }

    /// The call of `client` that asks this.
    public HttpCall call(HttpClient client) throws IOException {
        HttpCall call = client.request(method, url);
        List<Item> content = items.stream().filter(Item::isContent).toList();
        if (!content.isEmpty()) call.body(body(content));
        for (Item item : items) {
            if (item.separator() == Separator.HEADER)
                call.header(item.name(), item.value().strip());
            if (item.separator() == Separator.QUERY) call.query(item.name(), item.value());
        }
        return call;
    }

    private Body body(List<Item> content) throws IOException {
        Item first = content.getFirst();
        if (first.name().isEmpty()) {
            if (content.size() > 1) throw new IllegalArgumentException("@" + first.value() + " is the whole body");
            return first.value().equals("-") ? Body.of(System.in) : Body.file(Path.of(first.value()));
        }
        boolean hasFile = content.stream().anyMatch(item -> item.separator() == Separator.FILE);
        if (hasFile) return multipart(content);
        return isForm ? form(content) : Body.json(members(content));
    }

    private static Body multipart(List<Item> content) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Item item : content) {
            parts.add(item.separator() == Separator.FILE ? file(item) : Part.field(item.name(), item.value()));
        }
        return Body.multipart(parts.toArray(Part[]::new));
    }

    private static Part file(Item item) throws IOException {
        Path path = Path.of(item.value());
        String type = Optional.ofNullable(Files.probeContentType(path)).orElse("application/octet-stream");
        return Part.file(item.name(), String.valueOf(path.getFileName()), type, Body.file(path));
    }

    private static Body form(List<Item> content) {
        Parameters fields = Parameters.EMPTY;
        for (Item item : content) fields = fields.adding(item.name(), item.value());
        return Body.form(fields);
    }

    private static Map<String, Object> members(List<Item> content) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Item item : content) {
            members.put(item.name(), item.separator() == Separator.JSON ? json(item) : item.value());
        }
        return members;
    }

    private static Object json(Item item) {
        try {
            return JSON.readTree(item.value());
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(item.name() + ":=" + item.value() + " is no JSON", malformed);
        }
    }
}
