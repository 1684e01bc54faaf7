package io.hawser.internal.worker;

import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.util.Map;
import java.util.TreeMap;

/// Figures by name, as a container.
final class Figures {
    static final String TYPE = "figures";

    private Figures() {}

    static ContainerBuilder write(Map<String, Long> figures) {
        ContainerBuilder said = Container.of(TYPE);
        figures.forEach((name, value) -> said.with(name, value.longValue()));
        return said;
    }

    static Map<String, Long> read(Container said) {
        Map<String, Long> figures = new TreeMap<>();
        for (String name : said.values().keySet()) {
            if (!name.equals("id") && !name.equals("re")) figures.put(name, said.int64(name));
        }
        return figures;
    }
}
