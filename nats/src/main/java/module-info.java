/// The backplane of a cluster on NATS.
module io.hawser.nats {
    requires transitive io.hawser;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires io.nats.jnats;

    exports io.hawser.nats;

    // The library makes one of it, by its name.
    opens io.hawser.internal.nats to
            io.nats.jnats;
}
