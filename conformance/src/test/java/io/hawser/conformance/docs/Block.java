package io.hawser.conformance.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A piece of a page that can be run.
///
/// @param info what is behind its fence: a language, and perhaps more
/// @param isHidden whether readers do not see it: what the others take for granted
/// @param line where it begins
record Block(String info, String content, boolean isHidden, int line) {
    private static final Pattern BLOCK = Pattern.compile(
            "^(?:```(\\S[^\\n]*)\\n(.*?)^```$|<!-- (java|sh)\\n(.*?)^-->$)", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern FILE = Pattern.compile("\\S+ (\\S+\\.\\S+)");
    private static final Set<String> SHELL = Set.of("sh", "sh background", "sh clone", "sh background clone");
    private static final Pattern COMMAND = Pattern.compile(
            "^\\s*((?:\\./hawser|\\.ci/\\S+|mvn|java|curl|kill|docker|nats-server|python3) \\S.*?)(?: +#.*)?$",
            Pattern.MULTILINE);
    private static final Pattern MENTIONED = Pattern.compile("`(\\./hawser [^`]+)`");

    /// Those of a page, in their order.
    static List<Block> of(String page) {
        List<Block> blocks = new ArrayList<>();
        for (MatchResult found : BLOCK.matcher(page).results().toList()) {
            int line = (int) page.substring(0, found.start()).lines().count() + 1;
            blocks.add(of(found, line));
        }
        return blocks;
    }

    private static Block of(MatchResult found, int line) {
        boolean isHidden = found.group(3) != null;
        String info = isHidden ? found.group(3) : found.group(1);
        return new Block(info, isHidden ? found.group(4) : found.group(2), isHidden, line);
    }

    /// The lines of a page that are commands, and the commands within its text, that no block runs.
    static List<String> commandsNotRun(String page) {
        StringBuilder run = new StringBuilder();
        String rest = BLOCK.matcher(page).replaceAll(found -> {
            Block block = of(found, 0);
            if (block.isLeft()) return Matcher.quoteReplacement(found.group());
            if (block.isShell()) run.append(block.content);
            return "";
        });
        Stream<String> lines = COMMAND.matcher(rest).results().map(found -> found.group(1));
        Stream<String> mentioned = MENTIONED
                .matcher(rest)
                .results()
                .map(found -> found.group(1).replaceAll("\\s+", " "))
                .filter(command -> run.indexOf(command) < 0);
        return Stream.concat(lines, mentioned).distinct().toList();
    }

    private boolean isLeft() {
        return !isSnippet() && !isFile() && !isShell() && !isOutput();
    }

    /// A snippet, or what the snippets of a page take for granted.
    boolean isSnippet() {
        return info.equals("java");
    }

    /// What its reader puts into a file of that name.
    boolean isFile() {
        return FILE.matcher(info).matches();
    }

    String fileName() {
        return FILE.matcher(info).replaceAll("$1");
    }

    boolean isShell() {
        return SHELL.contains(info);
    }

    /// What wants the launcher and the whole tree, or takes long: run in a fresh clone only.
    boolean isForClone() {
        return isShell() && info.endsWith(" clone");
    }

    /// What goes on while the rest of the page is read.
    boolean isBackground() {
        return isShell() && info.startsWith("sh background");
    }

    /// What the commands before it say: each line is somewhere in it, `...` being anything.
    boolean isOutput() {
        return info.equals("text output");
    }
}
