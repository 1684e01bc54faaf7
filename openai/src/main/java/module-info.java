/// The official OpenAI SDK on Hawser.
module io.hawser.openai {
    requires transitive io.hawser;
    requires static transitive org.jspecify;
    requires transitive openai.java.core;
    requires kotlin.stdlib;

    exports io.hawser.openai;
}
