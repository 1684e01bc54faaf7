package io.hawser.internal.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Types of files by the ends of their names. Source: the registry of media types of IANA
public final class MediaTypes {
    public static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_EXTENSION = """
            txt text/plain; charset=utf-8
            text text/plain; charset=utf-8
            log text/plain; charset=utf-8
            md text/markdown; charset=utf-8
            html text/html; charset=utf-8
            htm text/html; charset=utf-8
            css text/css; charset=utf-8
            csv text/csv; charset=utf-8
            js text/javascript; charset=utf-8
            mjs text/javascript; charset=utf-8
            ics text/calendar; charset=utf-8
            vtt text/vtt; charset=utf-8
            xml application/xml
            xhtml application/xhtml+xml
            rss application/rss+xml
            atom application/atom+xml
            json application/json
            map application/json
            webmanifest application/manifest+json
            jsonld application/ld+json
            geojson application/geo+json
            wasm application/wasm
            pdf application/pdf
            zip application/zip
            gz application/gzip
            tar application/x-tar
            7z application/x-7z-compressed
            zst application/zstd
            jar application/java-archive
            rtf application/rtf
            epub application/epub+zip
            docx application/vnd.openxmlformats-officedocument.wordprocessingml.document
            xlsx application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
            pptx application/vnd.openxmlformats-officedocument.presentationml.presentation
            svg image/svg+xml
            png image/png
            jpg image/jpeg
            jpeg image/jpeg
            gif image/gif
            webp image/webp
            avif image/avif
            apng image/apng
            bmp image/bmp
            ico image/x-icon
            tif image/tiff
            tiff image/tiff
            woff font/woff
            woff2 font/woff2
            ttf font/ttf
            otf font/otf
            mp3 audio/mpeg
            m4a audio/mp4
            aac audio/aac
            oga audio/ogg
            ogg audio/ogg
            opus audio/ogg
            wav audio/wav
            flac audio/flac
            weba audio/webm
            mp4 video/mp4
            m4v video/mp4
            webm video/webm
            ogv video/ogg
            mov video/quicktime
            mpeg video/mpeg
            ts video/mp2t
            m3u8 application/vnd.apple.mpegurl
            mpd application/dash+xml
            """.lines()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    private MediaTypes() {}

    /// The type of the file `name`.
    public static String of(String name) {
        return BY_EXTENSION.getOrDefault(extension(name), UNKNOWN);
    }

    /// The type of the file `name`, empty if nothing is known of its extension.
    public static Optional<String> known(String name) {
        return Optional.ofNullable(BY_EXTENSION.get(extension(name)));
    }

    /// What follows the last dot, in lower case; empty without one.
    public static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /// Whether content of `type`, the value of `Content-Type`, usually gets much smaller when it is compressed.
    public static boolean isCompressible(String type) {
        int semicolon = type.indexOf(';');
        String bare =
                Tokens.trim(semicolon < 0 ? type : type.substring(0, semicolon)).toLowerCase(Locale.ROOT);
        return bare.startsWith("text/")
                || bare.endsWith("+json")
                || bare.endsWith("+xml")
                || switch (bare) {
                    case "application/json",
                            "application/xml",
                            "application/javascript",
                            "application/wasm",
                            "application/rtf",
                            "application/x-tar",
                            "application/x-ndjson",
                            "application/x-www-form-urlencoded",
                            "application/vnd.apple.mpegurl",
                            "image/bmp",
                            "image/x-icon",
                            "font/ttf",
                            "font/otf" -> true;
                    default -> false;
                };
    }
}
