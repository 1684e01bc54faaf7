package io.hawser.internal.http.multipart;

import io.hawser.Bytes;
import io.hawser.http.Body;
import io.hawser.http.Part;
import io.hawser.internal.http.RandomText;
import io.hawser.internal.http.SequenceBody;
import java.util.ArrayList;
import java.util.List;

/// Writes forms of several parts. Source: RFC 7578
public final class MultipartBodies {
    private MultipartBodies() {}

    /// The body of `parts`, with a boundary that nobody can guess and so nothing holds.
    public static Body of(List<Part> parts) {
        String boundary = RandomText.secret(30);
        List<Body> bodies = new ArrayList<>();
        for (Part part : parts) {
            bodies.add(Body.of(Bytes.ofUtf8(head(part, boundary))));
            bodies.add(part.body());
            bodies.add(Body.of(Bytes.ofUtf8("\r\n")));
        }
        bodies.add(Body.of(Bytes.ofUtf8("--" + boundary + "--\r\n")));
        return new SequenceBody(bodies, "multipart/form-data; boundary=" + boundary);
    }

    private static String head(Part part, String boundary) {
        StringBuilder head = new StringBuilder("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=")
                .append(quoted(part.name()));
        part.fileName().ifPresent(name -> head.append("; filename=").append(quoted(name)));
        head.append("\r\n");
        part.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    /// As browsers quote. Source: HTML standard, section 4.10.21.8
    private static String quoted(String text) {
        return '"' + text.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22") + '"';
    }
}
