package io.hawser.hub.access;

/// How a JSON Web Token may be signed.
///
/// Source: RFC 7518 section 3, RFC 8037
public enum JwtAlgorithm {
    HS256("HS256"),
    RS256("RS256"),
    ES256("ES256"),
    EDDSA("EdDSA");

    private final String wireName;

    JwtAlgorithm(String wireName) {
        this.wireName = wireName;
    }

    /// Its name in the header of a token.
    public String wireName() {
        return wireName;
    }
}
