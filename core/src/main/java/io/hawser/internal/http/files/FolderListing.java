package io.hawser.internal.http.files;

import io.hawser.http.Response;
import io.hawser.internal.http.Percent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A page that names what is in a folder.
public final class FolderListing {
    private static final int MAX_ENTRIES = 10_000;

    private FolderListing() {}

    /// The page of `folder`; names that are not served are not shown.
    public static Response of(Folder root, FoundFile folder) throws IOException {
        List<String> names;
        try (Stream<Path> entries = Files.list(folder.path())) {
            names = entries.map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .filter(name -> root.isName(name.endsWith("/") ? name.substring(0, name.length() - 1) : name))
                    .limit(MAX_ENTRIES)
                    .sorted()
                    .toList();
        }
        StringBuilder page = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><title>")
                .append(escaped(folder.name()))
                .append("</title><ul>\n");
        for (String name : names) {
            boolean isFolder = name.endsWith("/");
            String bare = isFolder ? name.substring(0, name.length() - 1) : name;
            // "./" keeps a name with a colon from being read as a scheme.
            page.append("<li><a href=\"./")
                    .append(escaped(Percent.encodeSegment(bare)))
                    .append(isFolder ? "/\">" : "\">")
                    .append(escaped(name))
                    .append("</a>\n");
        }
        return Response.html(page.append("</ul>\n").toString());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
