package io.hawser.nats.it;

import io.nats.client.NKey;
import io.nats.client.support.JwtUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;

/// An operator of NATS with one account that has JetStream, and a broker's configuration that knows both by
/// their JWTs.
final class JwtOperator {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LIMITS = "\"subs\":-1,\"data\":-1,\"payload\":-1,\"imports\":-1,\"exports\":-1,"
            + "\"wildcards\":true,\"conn\":-1,\"leaf\":-1";
    private static final String JET_STREAM = ",\"mem_storage\":-1,\"disk_storage\":-1,\"streams\":-1,\"consumer\":-1";

    private final NKey operator = NKey.createOperator(RANDOM);
    private final NKey system = NKey.createAccount(RANDOM);
    private final NKey account = NKey.createAccount(RANDOM);

    JwtOperator() throws GeneralSecurityException, IOException {}

    private static String id(NKey key) throws GeneralSecurityException, IOException {
        return new String(key.getPublicKey());
    }

    private String issue(NKey subject, String name, String claims) throws GeneralSecurityException, IOException {
        return JwtUtils.issueJWT(
                operator, id(subject), name, null, JwtUtils.currentTimeSeconds(), id(operator), () -> claims);
    }

    private static String account(String limits) {
        return "{\"limits\":{" + limits + "},\"default_permissions\":{\"pub\":{},\"sub\":{}},"
                + "\"type\":\"account\",\"version\":2}";
    }

    /// Writes what `nats-server -c` takes.
    Path configure(Path file) throws GeneralSecurityException, IOException {
        return Files.writeString(file, """
                operator: "%s"
                system_account: "%s"
                resolver: MEMORY
                resolver_preload: {
                  %2$s: "%s"
                  %s: "%s"
                }
                """.formatted(
                        issue(operator, "operator", "{\"type\":\"operator\",\"version\":2}"),
                        id(system),
                        issue(system, "SYS", account(LIMITS)),
                        id(account),
                        issue(account, "APP", account(LIMITS + JET_STREAM))));
    }

    /// Writes credentials of a new user of the account.
    ///
    /// @param expiry of zero for never
    Path credentials(Path file, Duration expiry) throws GeneralSecurityException, IOException {
        NKey user = NKey.createUser(RANDOM);
        String jwt = JwtUtils.issueUserJWT(account, id(account), id(user), "hub", expiry);
        return Files.writeString(file, JwtUtils.NATS_USER_JWT_FORMAT.formatted(jwt, new String(user.getSeed())));
    }
}
