package io.hawser.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.StartupFailed;
import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of NATS credentials, which shows a broker who this node is. It is read for each connection, so one
/// that was renewed counts from the next on.
///
/// Shape: what `nsc` writes: the JWT of a user and the seed of the user's key, each between two lines of
/// dashes.
///
/// Errors: [StartupFailed] that names the file and what is wrong with it, and nothing that is in it.
///
/// Thread: safe from any.
final class CredentialsFile implements AuthHandler {
    private static final Logger LOG = LoggerFactory.getLogger(CredentialsFile.class);
    private static final int MAX_BYTES = 64 << 10;
    private static final Pattern JWT = part("JWT", "([\\w-]+\\.[\\w-]+\\.[\\w-]+)");
    private static final Pattern SEED = part("SEED", "(\\w+)");
    private static final Pattern USER = Pattern.compile("\"sub\"\\s*:\\s*\"(\\w+)\"");
    private static final Pattern EXPIRY = Pattern.compile("\"exp\"\\s*:\\s*(\\d{1,11})\\b");

    private final Path file;
    private volatile String told = "";

    CredentialsFile(Path file) {
        this.file = file;
    }

    private static Pattern part(String name, String value) {
        return Pattern.compile("-{3,}BEGIN [^-\\r\\n]*" + name + "-{3,}\\s+" + value + "\\s+-{3,}END");
    }

    Path path() {
        return file;
    }

    /// Reads it, to say what is wrong with it before a broker does.
    void check() {
        String claims = claims();
        String user = find(USER, claims).orElseThrow(() -> bad("its JWT names no user"));
        NKey key = key();
        try {
            if (key.getType() != NKey.Type.USER) throw bad("its seed is not that of a user's key");
            if (!user.equals(new String(key.getPublicKey()))) throw bad("its seed and its JWT are of two users");
        } catch (GeneralSecurityException | IOException e) {
            throw bad("its seed cannot be used");
        } finally {
            key.clear();
        }
    }

    /// When its JWT ceases to count, if ever.
    Optional<Instant> expiry() {
        return find(EXPIRY, claims()).map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds)));
    }

    @Override
    public char[] getID() {
        return toldOnce(() -> {
            NKey key = key();
            try {
                return key.getPublicKey().clone();
            } finally {
                key.clear();
            }
        });
    }

    @Override
    public byte[] sign(byte[] nonce) {
        return toldOnce(() -> {
            NKey key = key();
            try {
                return key.sign(nonce);
            } finally {
                key.clear();
            }
        });
    }

    @Override
    public char[] getJWT() {
        char[] jwt = toldOnce(() -> jwt().toCharArray());
        told = "";
        return jwt;
    }

    private interface Use<T> {
        T go() throws GeneralSecurityException, IOException;
    }

    /// While it reconnects, the client library asks again and again, and keeps to itself what is wrong.
    private <T> T toldOnce(Use<T> use) {
        StartupFailed failure;
        try {
            return use.go();
        } catch (StartupFailed e) {
            failure = e;
        } catch (GeneralSecurityException | IOException e) {
            failure = bad("its seed cannot be used");
        }
        String problem = String.valueOf(failure.getMessage());
        if (!problem.equals(told)) LOG.warn("{}", problem);
        told = problem;
        throw failure;
    }

    private NKey key() {
        String seed = find(SEED, text()).orElseThrow(() -> bad("it holds no seed of a key"));
        try {
            return NKey.fromSeed(seed.toCharArray());
        } catch (RuntimeException e) {
            throw bad("its seed is none");
        }
    }

    private String jwt() {
        return find(JWT, text()).orElseThrow(() -> bad("it holds no JWT of a user"));
    }

    private String claims() {
        try {
            return new String(Base64.getUrlDecoder().decode(jwt().split("\\.", -1)[1]), UTF_8);
        } catch (IllegalArgumentException e) {
            throw bad("its JWT is none");
        }
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String text() {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) throw bad(size + " bytes, of at most " + MAX_BYTES);
            return new String(Files.readAllBytes(file), UTF_8);
        } catch (NoSuchFileException e) {
            throw bad("there is no such file");
        } catch (IOException e) {
            throw bad("it cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /// Without a cause, which may show what is in the file.
    private StartupFailed bad(String what) {
        return new StartupFailed("NATS credentials " + file + ": " + what, null);
    }
}
