/// The official OpenAI SDK on Hawser.
module io.hawser.openai {
    requires transitive io.hawser;
    requires static transitive org.jspecify;
    requires transitive openai.java.core;

    // What the SDK needs, which as an automatic module it cannot say itself.
    requires kotlin.stdlib;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires com.fasterxml.jackson.kotlin;

    exports io.hawser.openai;
}
