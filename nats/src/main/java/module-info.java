/// The backplane of a cluster on NATS.
module io.hawser.nats {
    requires transitive io.hawser;
    requires static transitive org.jspecify;
    requires org.slf4j;
    requires io.nats.jnats;

    exports io.hawser.nats;

    // Made by the library, by its name.
    exports io.hawser.internal.nats to
            io.nats.jnats;
}
