package io.hawser.conformance.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A piece of a page that can be run.
///
/// @param info what is behind its fence: a language, and perhaps more
/// @param isHidden whether readers do not see it: what the others take for granted
/// @param line where it begins
record Block(String info, String content, boolean isHidden, int line) {
    private static final Pattern BLOCK = Pattern.compile(
            "^(?:```(\\S[^\\n]*)\\n(.*?)^```$|<!-- (java|sh)\\n(.*?)^-->$)", Pattern.DOTALL | Pattern.MULTILINE);

    /// Those of a page, in their order.
    static List<Block> of(String page) {
        List<Block> blocks = new ArrayList<>();
        for (MatchResult found : BLOCK.matcher(page).results().toList()) {
            int line = (int) page.substring(0, found.start()).lines().count() + 1;
            boolean isHidden = found.group(3) != null;
            String info = isHidden ? found.group(3) : found.group(1);
            blocks.add(new Block(info, isHidden ? found.group(4) : found.group(2), isHidden, line));
        }
        return blocks;
    }

    /// A snippet, or what the snippets of a page take for granted.
    boolean isSnippet() {
        return info.equals("java");
    }

    /// A program, which its reader puts into a file of that name.
    boolean isProgram() {
        return info.startsWith("java ");
    }

    String fileName() {
        return info.substring("java ".length());
    }

    boolean isShell() {
        return info.equals("sh") || isBackground();
    }

    /// What goes on while the rest of the page is read.
    boolean isBackground() {
        return info.equals("sh background");
    }

    /// What the commands before it say: each line is somewhere in it, `...` being anything.
    boolean isOutput() {
        return info.equals("text output");
    }
}
