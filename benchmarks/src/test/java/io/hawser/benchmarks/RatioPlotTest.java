package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Node;

final class RatioPlotTest {

    @Test
    void aBarIsAsLongAsItsRatio() throws Exception {
        var samples = new LinkedHashMap<String, List<Sample>>();
        samples.put("netty", List.of(sample(2)));
        samples.put("hawser", List.of(sample(1)));
        samples.put("a<b", List.of(sample(100)));
        samples.put("broken", List.of(Sample.NONE));
        var row = new EchoRow("64B-w16", EchoRow.Kind.MSGI, 64, 16, 64);

        var svg = RatioPlot.of(List.of(new RowResult(row, "netty", samples, Map.of(), Map.of())));

        var bars = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("rect");
        // The first is the ground.
        assertThat(bars.getLength()).isEqualTo(4);
        int one = width(bars.item(1));
        assertThat(width(bars.item(2)) * 2).isEqualTo(one);
        assertThat(width(bars.item(3))).isEqualTo(one * 4);
        assertThat(svg).contains("MSGI echo, 64 B", ">50.00<", "a&lt;b", "did not run");
    }

    private static int width(Node bar) {
        return Integer.parseInt(bar.getAttributes().getNamedItem("width").getNodeValue());
    }

    private static Sample sample(double cpu) {
        return new Sample(1000 / cpu, cpu, 1, 2, 3, 4, 1, 0.5, 0);
    }
}
