/// For tests of code that uses Hawser: fake time, and a network that misbehaves on purpose.
module io.hawser.testkit {
    requires transitive io.hawser;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires static org.assertj.core;

    exports io.hawser.testkit;
}
