package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.StartupFailed;
import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CredentialsFileTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    private Path folder;

    private Path file;
    private NKey user;
    private String jwt;

    @BeforeEach
    void make() throws GeneralSecurityException, IOException {
        file = folder.resolve("hub.creds");
        user = NKey.createUser(RANDOM);
        jwt = jwt(user, Duration.ZERO);
    }

    private static String id(NKey key) throws GeneralSecurityException, IOException {
        return new String(key.getPublicKey());
    }

    private static String jwt(NKey user, Duration expiry) throws GeneralSecurityException, IOException {
        NKey account = NKey.createAccount(RANDOM);
        return JwtUtils.issueUserJWT(account, id(account), id(user), "hub", expiry, null, 1_000_000_000);
    }

    private CredentialsFile written(String text) throws IOException {
        return new CredentialsFile(Files.writeString(file, text));
    }

    private CredentialsFile written(String jwtOf, NKey seedOf) throws IOException {
        return written(JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwtOf, new String(seedOf.getSeed())));
    }

    private void isBad(CredentialsFile credentials, String why) {
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(credentials::check)
                .withMessage("NATS credentials " + file + ": " + why)
                .withNoCause();
    }

    @Test
    void whatItHoldsIsShownAndANonceSigned() throws Exception {
        CredentialsFile credentials = written(jwt, user);
        credentials.check();
        assertThat(credentials.getID()).isEqualTo(user.getPublicKey());
        assertThat(new String(credentials.getJWT())).isEqualTo(jwt);
        assertThat(user.verify(new byte[] {1, 2}, credentials.sign(new byte[] {1, 2})))
                .isTrue();
        assertThat(credentials.expiry()).isEmpty();
    }

    @Test
    void linesMayEndAsOnWindows() throws Exception {
        String text = JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed()));
        CredentialsFile credentials = written(text.replace("\n", "\r\n"));
        credentials.check();
        assertThat(new String(credentials.getJWT())).isEqualTo(jwt);
    }

    @Test
    void whatIsWrittenLaterCountsFromThen() throws Exception {
        CredentialsFile credentials = written(jwt, user);
        NKey other = NKey.createUser(RANDOM);
        String later = jwt(other, Duration.ofSeconds(60));
        var _ = written(later, other);
        assertThat(credentials.getID()).isEqualTo(other.getPublicKey());
        assertThat(new String(credentials.getJWT())).isEqualTo(later);
        assertThat(credentials.expiry()).contains(Instant.ofEpochSecond(1_000_000_060));
    }

    @Test
    void whatIsWrongIsSaidWithTheNameOfTheFileAndNothingOfWhatItHolds() throws Exception {
        String seed = new String(user.getSeed());
        isBad(new CredentialsFile(file), "there is no such file");
        isBad(written(""), "it holds no JWT of a user");
        isBad(written(jwt + "\n" + seed), "it holds no JWT of a user");
        isBad(
                written("-----BEGIN NATS USER JWT-----\n" + jwt + "\n------END NATS USER JWT------\n"),
                "it holds no seed of a key");
        isBad(written(JwtUtils.NATS_USER_JWT_FORMAT.formatted("a.b.c", seed)), "its JWT is none");
        isBad(written(JwtUtils.NATS_USER_JWT_FORMAT.formatted("e30.e30.e30", seed)), "its JWT names no user");
        isBad(written(JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, seed.substring(0, 30))), "its seed is none");
        isBad(written(jwt, NKey.createAccount(RANDOM)), "its seed is not that of a user's key");
        isBad(written(jwt, NKey.createUser(RANDOM)), "its seed and its JWT are of two users");
        isBad(written("x".repeat(70_000)), "70000 bytes, of at most 65536");
        Files.delete(file);
        Files.createDirectory(file);
        isBad(new CredentialsFile(file), "it cannot be read: IOException");
    }

    @Test
    void theConfigurationLooksAtIt() throws Exception {
        NatsConfig config = NatsConfig.of("nats://broker:4222");
        config.check();
        var _ = written(jwt, user);
        config.withCredentials(file).check();
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(config.withCredentials(folder.resolve("none"))::check)
                .withMessageContaining("none: there is no such file");
    }
}
