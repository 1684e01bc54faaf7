package io.hawser.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/// Which package may use which, below `root` (which is a fixture's in the tests of the rules themselves).
///
/// The direction is websocket → http → policy → root; session ← websocket, messaging; session → cluster;
/// internal → any.
/// Every package may use the root, and itself.
public record DependencyRules(String root) {
    private static final String ROOT = "";
    private static final String INTERNAL = "internal";

    /// What each public package may use besides. A new package is a new line, and a new arrow is a
    /// decision.
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            entry(ROOT, Set.of()),
            entry("io", Set.of()),
            entry("cluster", Set.of()),
            entry("policy", Set.of()),
            entry("session", Set.of("cluster", "io")),
            // To tcp: a connection that is kept up is in the states of any.
            entry("pool", Set.of("tcp", "policy", "io")),
            // To session: a connection is told of its end, its queue and its figures in the same words.
            entry("tcp", Set.of("session", "io")),
            entry("messaging", Set.of("session", "tcp", "io")),
            // To session: server-sent events are one, and an upgrade answers with the handler of one.
            // To tcp: a server of HTTP listens as any other does.
            entry("http", Set.of("policy", "pool", "session", "tcp", "io")),
            // To tcp: a client connects and says its state as those of tcp do.
            entry("websocket", Set.of("http", "session", "tcp", "io")),
            // To messaging and websocket: a hub is talked to over both.
            entry("client", Set.of("cluster", "messaging", "websocket", "session", "tcp", "io")),
            entry("tick", Set.of("session", "io")),
            // What they count, for Micrometer.
            entry("metrics", Set.of("io", "cluster", "policy", "pool", "session", "tcp", "http", "tick")),
            // A file becomes the records of every package.
            entry(
                    "config",
                    Set.of(
                            "io",
                            "cluster",
                            "policy",
                            "session",
                            "pool",
                            "tcp",
                            "messaging",
                            "http",
                            "websocket",
                            "tick")));

    /// Public packages use each other in one direction only, and name no package that is not in the table.
    public ArchRule direction() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(keep("the direction of the table", (from, to) -> {
                    String user = area(from);
                    String used = area(to);
                    if (user.equals(INTERNAL) || used.equals(INTERNAL) || user.equals(used)) return true;
                    return used.equals(ROOT)
                            || ALLOWED.getOrDefault(user, Set.of()).contains(used);
                }))
                .allowEmptyShould(true);
    }

    /// Every public package has its line in the table.
    public ArchRule known() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(new ArchCondition<JavaClass>("be in a package that the table of DependencyRules knows") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        String area = area(type);
                        events.add(new SimpleConditionEvent(
                                type,
                                area.equals(INTERNAL) || ALLOWED.containsKey(area),
                                type.getName() + " is in " + type.getPackageName()));
                    }
                })
                .allowEmptyShould(true);
    }

    /// Only `entryPoints`, the public classes that construct something or hand their syntax to a parser,
    /// use internal.
    public ArchRule internalOnlyFrom(Set<String> entryPoints) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(keep(
                        "use internal packages only from " + entryPoints,
                        (from, to) -> !area(to).equals(INTERNAL)
                                || area(from).equals(INTERNAL)
                                || entryPoints.contains(
                                        outermost(from).getName().substring(root.length() + 1))))
                .allowEmptyShould(true);
    }

    /// Netty is seen below internal and nowhere else.
    public ArchRule nettyOnlyInside() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackage(root + "." + INTERNAL + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .allowEmptyShould(true);
    }

    /// A name says what a class is, not that it is one.
    public ArchRule names() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .doNotHaveSimpleName("ConnectionManager")
                .should()
                .haveNameMatching(".*[.$]([A-Za-z0-9]*(Impl|Utils?|Helpers?|Manager)|(Abstract|Base)[A-Z][A-Za-z0-9]*)")
                .allowEmptyShould(true);
    }

    private interface Arrow {
        boolean allowed(JavaClass from, JavaClass to);
    }

    /// Judges every arrow between two classes of ours.
    private ArchCondition<JavaClass> keep(String description, Arrow arrow) {
        return new ArchCondition<>("keep " + description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(target -> isOurs(target))
                        .distinct()
                        .forEach(target -> events.add(new SimpleConditionEvent(
                                type, arrow.allowed(type, target), type.getName() + " uses " + target.getName())));
            }
        };
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
    }

    /// The first segment of the package below the root.
    private String area(JavaClass type) {
        String name = type.getPackageName();
        if (name.equals(root)) return ROOT;
        String below = name.substring(root.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(DependencyRules::outermost).orElse(type);
    }
}
