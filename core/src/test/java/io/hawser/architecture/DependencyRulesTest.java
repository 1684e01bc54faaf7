package io.hawser.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each rule finds what the fixture does against it, and nothing else.
final class DependencyRulesTest {
    private static final String ROOT = "io.hawser.architecture.fixture";
    private static final JavaClasses FIXTURE = new ClassFileImporter().importPackages(ROOT);
    private final DependencyRules rules = new DependencyRules(ROOT);

    @Test
    void anArrowAgainstTheDirectionIsFoundAlsoThroughAnArray() {
        assertThat(offenders(rules.direction())).containsExactly("policy.UsesHttp");
    }

    @Test
    void aPackageThatNobodyPlannedIsFound() {
        assertThat(offenders(rules.known())).containsExactly("elsewhere.Unplanned");
    }

    @Test
    void anInternalClassInAPublicOneIsFoundAlsoInANestedOne() {
        assertThat(offenders(rules.internalOnlyFrom(Set.of()))).containsExactly("http.Reaches");
        assertThat(offenders(rules.internalOnlyFrom(Set.of("http.Reaches")))).isEmpty();
    }

    @Test
    void nettyOutsideInternalIsFound() {
        assertThat(offenders(rules.nettyOnlyInside())).containsExactly("http.SeesNetty");
    }

    @Test
    void bannedNamesAreFoundAlsoOfNestedClasses() {
        List<String> details =
                rules.names().evaluate(FIXTURE).getFailureReport().getDetails();
        assertThat(details)
                .hasSize(2)
                .anyMatch(detail -> detail.contains("ExchangeImpl>"))
                .anyMatch(detail -> detail.contains("ExchangeImpl$BaseThing>"));
    }

    @Test
    void aTreeWithoutTheseClassesBreaksNoRule() {
        DependencyRules elsewhere = new DependencyRules("org.example.nothing");
        for (ArchRule rule : List.of(
                elsewhere.direction(),
                elsewhere.known(),
                elsewhere.internalOnlyFrom(Set.of()),
                elsewhere.nettyOnlyInside(),
                elsewhere.names())) {
            assertThat(rule.evaluate(FIXTURE).hasViolation()).isFalse();
        }
    }

    /// The outermost class that each failure names first, below the root.
    private static Set<String> offenders(ArchRule rule) {
        Pattern name = Pattern.compile(Pattern.quote(ROOT) + "\\.([a-z]+\\.[A-Z][A-Za-z]*)");
        return rule.evaluate(FIXTURE).getFailureReport().getDetails().stream()
                .map(detail ->
                        name.matcher(detail).results().findFirst().orElseThrow().group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
