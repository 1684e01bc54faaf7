package io.hawser.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A list with preferences, as in `Accept-Encoding`. Source: RFC 9110 section 12.4.2
public final class Weights {
    private record Member(String value, int weight) {}

    private final List<Member> members = new ArrayList<>();

    private Weights() {}

    /// The preferences of `list`, the members of a field. One whose weight is malformed is left out.
    public static Weights of(List<String> list) {
        Weights weights = new Weights();
        for (String text : list) {
            int semicolon = text.indexOf(';');
            int weight = semicolon < 0 ? 1000 : weight(text.substring(semicolon + 1));
            String value = Tokens.trim(semicolon < 0 ? text : text.substring(0, semicolon));
            if (weight >= 0) weights.members.add(new Member(value, weight));
        }
        return weights;
    }

    /// The weight of `value` in thousandths: that of its own member, otherwise that of `*`, otherwise none.
    public OptionalInt of(String value) {
        OptionalInt any = OptionalInt.empty();
        for (Member member : members) {
            if (member.value.equalsIgnoreCase(value)) return OptionalInt.of(member.weight);
            if (member.value.equals("*")) any = OptionalInt.of(member.weight);
        }
        return any;
    }

    /// Whether `value` has a member of its own.
    public boolean names(String value) {
        return members.stream().anyMatch(member -> member.value.equalsIgnoreCase(value));
    }

    /// Thousandths, below zero if it is no weight: `q=` and 0 to 1 with at most three digits behind the point.
    private static int weight(String parameter) {
        String text = Tokens.trim(parameter);
        if (text.length() < 3 || text.length() > 7 || !text.regionMatches(true, 0, "q=", 0, 2)) return -1;
        char whole = text.charAt(2);
        if (whole != '0' && whole != '1') return -1;
        if (text.length() > 3 && text.charAt(3) != '.') return -1;
        int thousandths = 0;
        for (int i = 4; i < 7; i++) {
            char c = i < text.length() ? text.charAt(i) : '0';
            if (c < '0' || c > '9') return -1;
            thousandths = 10 * thousandths + c - '0';
        }
        if (whole == '1') return thousandths == 0 ? 1000 : -1;
        return thousandths;
    }
}
