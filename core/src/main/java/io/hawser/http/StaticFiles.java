package io.hawser.http;

import io.hawser.ProtocolError;
import io.hawser.internal.http.Encodings;
import io.hawser.internal.http.HttpDates;
import io.hawser.internal.http.MediaTypes;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Preconditions;
import io.hawser.internal.http.files.CacheRules;
import io.hawser.internal.http.files.Folder;
import io.hawser.internal.http.files.FolderListing;
import io.hawser.internal.http.files.FoundFile;
import io.hawser.internal.http.files.RangedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Serves the files of a folder, with validators, ranges, precompressed variants and rules for caches.
///
/// ```java
/// Router.builder().mount("/assets", StaticFiles.of(Path.of("public")))
/// ```
///
/// Nothing outside the folder is served, however a path is written and wherever a symbolic link in it leads.
/// A link has the type and the caching of its own name, not of that which it leads to. A folder is redirected
/// to its path with a slash at the end and answered with its index file; anything that is no regular file is
/// 404. Files are sent by the operating system where it can.
///
/// Thread: safe from any. Looks at the file system for each request, so it may block.
///
/// Source: RFC 9110 sections 8.8, 13 and 14
public final class StaticFiles implements HttpHandler {
    private static final Response NOT_FOUND = Problem.of(Status.NOT_FOUND).response();
    private static final Map<String, String> SUFFIXES = Map.of("br", ".br", "zstd", ".zst", "gzip", ".gz");

    private final Path root;
    private final Folder folder;
    private final StaticFilesConfig config;
    private final CacheRules cacheRules;

    private StaticFiles(Path root, StaticFilesConfig config) throws IOException {
        this.root = root.toRealPath();
        this.folder = new Folder(root, config.hidden());
        this.config = config;
        this.cacheRules = new CacheRules(config.cacheControl(), config.hashedNames(), config.otherCacheControl());
    }

    /// Serves the folder `root` as the defaults say.
    ///
    /// @throws IOException if there is none
    public static StaticFiles of(Path root) throws IOException {
        return of(root, StaticFilesConfig.defaults());
    }

    /// Serves the folder `root`.
    ///
    /// @throws IOException if there is none
    public static StaticFiles of(Path root, StaticFilesConfig config) throws IOException {
        return new StaticFiles(root, config);
    }

    @Override
    public Response handle(Request request) throws IOException {
        Method method = request.method();
        if (!method.equals(Method.GET) && !method.equals(Method.HEAD)) return otherMethod(method);
        String path = request.rawPath();
        if (!path.startsWith("/")) return NOT_FOUND;
        Optional<FoundFile> found;
        try {
            found = folder.find(path);
        } catch (ProtocolError malformed) {
            return Problem.of(malformed).response();
        }
        if (found.isEmpty()) return NOT_FOUND;
        return found.get().isFolder() ? folder(request, found.get()) : file(request, found.get());
    }

    private static Response otherMethod(Method method) {
        Response answer = method.equals(Method.OPTIONS)
                ? Response.noContent()
                : Problem.of(Status.METHOD_NOT_ALLOWED).response();
        return answer.withHeader(Names.ALLOW, "GET, HEAD, OPTIONS");
    }

    private Response folder(Request request, FoundFile found) throws IOException {
        String path = request.rawPath();
        if (!path.endsWith("/")) {
            String query = request.rawQuery();
            String location = Router.mountedAt(request) + path + "/" + (query.isEmpty() ? "" : "?" + query);
            return Response.redirect(Status.PERMANENT_REDIRECT, location);
        }
        for (String name : config.indexFiles()) {
            Optional<FoundFile> index = folder.find(found, name);
            if (index.isPresent()) return file(request, index.get());
        }
        return config.listing() ? FolderListing.of(folder, found) : NOT_FOUND;
    }

    private Response file(Request request, FoundFile found) {
        String type = type(found.name());
        Headers.Builder headers = Headers.builder()
                .add(Names.CONTENT_TYPE, type)
                .add(Names.LAST_MODIFIED, HttpDates.format(found.modified()))
                .add(Names.ACCEPT_RANGES, "bytes")
                .add("X-Content-Type-Options", "nosniff");
        String cacheControl = cacheRules.of(root.relativize(found.asked()));
        if (!cacheControl.isEmpty()) headers.add(Names.CACHE_CONTROL, cacheControl);
        FoundFile sent = found;
        String coding = "";
        List<String> variants = variants(found, type);
        if (!variants.isEmpty()) {
            headers.add(Names.VARY, Names.ACCEPT_ENCODING);
            String chosen = Encodings.choose(request.headers(), variants);
            Optional<FoundFile> variant = chosen.equals(Encodings.IDENTITY)
                    ? Optional.empty()
                    : folder.sibling(found, SUFFIXES.getOrDefault(chosen, ""));
            if (variant.isPresent()) {
                sent = variant.get();
                coding = chosen;
                headers.add(Names.CONTENT_ENCODING, coding);
            }
        }
        String tag = sent.tag(coding);
        headers.add(Names.ETAG, tag);
        return answer(request, sent, headers.build(), tag, found.modifiedSecond());
    }

    private static Response answer(Request request, FoundFile sent, Headers headers, String tag, Instant lastModified) {
        return switch (Preconditions.judge(request, tag, Optional.of(lastModified))) {
            case Status.NOT_MODIFIED -> Preconditions.notModified(Response.ok().withHeaders(headers));
            case Status.PRECONDITION_FAILED ->
                Problem.of(Status.PRECONDITION_FAILED).response();
            default -> RangedFile.answer(request, sent, headers, tag, lastModified);
        };
    }

    /// Which codings have a sibling of the file.
    private List<String> variants(FoundFile found, String type) {
        if (!MediaTypes.isCompressible(type)) return List.of();
        List<String> variants = new ArrayList<>(3);
        for (String coding : config.precompressed()) {
            if (folder.sibling(found, SUFFIXES.getOrDefault(coding, "")).isPresent()) variants.add(coding);
        }
        return variants;
    }

    private String type(String name) {
        String own = config.mediaTypes().get(MediaTypes.extension(name));
        return own != null ? own : MediaTypes.of(name);
    }
}
