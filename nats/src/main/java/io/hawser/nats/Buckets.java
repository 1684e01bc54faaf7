package io.hawser.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Key-value buckets of the cluster, which outlive the configuration that they were made with.
final class Buckets {
    private static final Logger LOG = LoggerFactory.getLogger(Buckets.class);
    /// What the broker answers where there is one of the name.
    static final int OTHER_SETTINGS = 10058;

    private Buckets() {}

    /// Makes one, or brings the one that is there up to date. What the broker does not change, such as where
    /// it is stored, stays as it is.
    static void make(Connection connection, KeyValueConfiguration wanted) throws IOException, JetStreamApiException {
        KeyValueManagement buckets = connection.keyValueManagement();
        try {
            var _ = buckets.create(wanted);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != OTHER_SETTINGS) throw e;
            update(buckets, wanted);
        }
    }

    private static void update(KeyValueManagement buckets, KeyValueConfiguration wanted) throws IOException {
        try {
            var _ = buckets.update(wanted);
            LOG.info("bucket {} of NATS has been brought up to date", wanted.getBucketName());
        } catch (JetStreamApiException e) {
            LOG.warn("bucket {} of NATS stays as it is, not as configured: {}", wanted.getBucketName(), e.getMessage());
        }
    }
}
