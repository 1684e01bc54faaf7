package io.hawser.internal.http.multipart;

import io.hawser.ProtocolError;
import io.hawser.internal.http.FieldLists;
import java.util.ArrayList;
import java.util.List;

/// What separates parts. Source: RFC 2046 section 5.1.1
public final class Boundary {
    private static final String SOURCE = "RFC 2046, section 5.1.1";
    private static final int MAX_LENGTH = 70;

    private Boundary() {}

    /// The boundary that the value of `Content-Type` gives.
    ///
    /// @throws ProtocolError with code 415 if it is of another type, 400 if it has no good boundary
    public static String of(String contentType) {
        List<String> parts = new ArrayList<>();
        FieldLists.split(contentType, ';', parts);
        if (parts.isEmpty() || !parts.getFirst().equalsIgnoreCase("multipart/form-data")) {
            throw new ProtocolError(415, "not multipart/form-data", "RFC 7578, section 4.1");
        }
        for (String part : parts) {
            if (!part.regionMatches(true, 0, "boundary=", 0, 9)) continue;
            String boundary = FieldLists.unquote(part.substring(9));
            if (isGood(boundary)) return boundary;
        }
        throw new ProtocolError(400, "multipart/form-data without a good boundary", SOURCE);
    }

    private static boolean isGood(String boundary) {
        if (boundary.isEmpty() || boundary.length() > MAX_LENGTH || boundary.endsWith(" ")) return false;
        for (int i = 0; i < boundary.length(); i++) {
            char c = boundary.charAt(i);
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!alphanumeric && "'()+_,-./:=? ".indexOf(c) < 0) return false;
        }
        return true;
    }
}
