package io.hawser.hub.alerts;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is watched, and from where on it is too much or too little: `error_ratio > 0.05`, `nodes_lost >= 1`.
///
/// @param figure what is watched
/// @param comparison `>`, `>=`, `<` or `<=`
/// @param limit to which it is compared
public record AlertCondition(Figure figure, String comparison, double limit) {
    private static final Pattern FORM =
            Pattern.compile("\\s*([a-z_]+)\\s*(>=|<=|>|<)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(%?)\\s*");

    /// Reads a condition.
    ///
    /// @throws IllegalArgumentException if it is none, and what it could be
    public static AlertCondition parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no condition such as error_ratio > 0.05");
        }
        double limit = Double.parseDouble(form.group(3)) / (form.group(4).isEmpty() ? 1 : 100);
        return new AlertCondition(figure(form.group(1)), form.group(2), limit);
    }

    private static Figure figure(String name) {
        return Arrays.stream(Figure.values())
                .filter(figure -> figure.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is none of "
                        + Arrays.stream(Figure.values()).map(Figure::toString).collect(Collectors.joining(", "))));
    }

    boolean holds(double value) {
        return switch (comparison) {
            case ">" -> value > limit;
            case ">=" -> value >= limit;
            case "<" -> value < limit;
            default -> value <= limit;
        };
    }

    @Override
    public String toString() {
        String number = limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
        return figure + " " + comparison + " " + number;
    }
}
