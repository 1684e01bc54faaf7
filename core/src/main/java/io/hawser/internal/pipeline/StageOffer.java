package io.hawser.internal.pipeline;

import io.hawser.messaging.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// What one side says of one stage.
public record StageOffer(String name, Map<String, String> parameters) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,32}");
    private static final int MAX_PARAMETERS = 16;
    private static final int MAX_VALUE_CHARS = 255;

    /// Whether `text` can be the name of a stage or of a parameter.
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static StageOffer of(Stage stage) {
        return new StageOffer(stage.name(), Map.copyOf(stage.parameters()));
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        if (!parameters.isEmpty()) map.put("with", parameters);
        return map;
    }

    static StageOffer fromMap(Object stage) {
        if (!(stage instanceof Map<?, ?> map) || !(map.get("name") instanceof String name) || !isName(name)) {
            throw PipelineOffer.refused("a stage without a name");
        }
        Object with = map.get("with");
        if (with == null) return new StageOffer(name, Map.of());
        if (!(with instanceof Map<?, ?> entries) || entries.size() > MAX_PARAMETERS) throw bad(name);
        Map<String, String> parameters = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (!(key instanceof String parameter) || !isName(parameter)) throw bad(name);
            if (!(value instanceof String text) || text.length() > MAX_VALUE_CHARS) throw bad(name);
            parameters.put(parameter, text);
        });
        return new StageOffer(name, parameters);
    }

    private static RuntimeException bad(String name) {
        return PipelineOffer.refused("stage " + name + ": its parameters do not parse");
    }
}
