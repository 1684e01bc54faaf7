package io.hawser.benchmarks;

/// A row of which nothing is known.
///
/// @param why in a few words
record NotRun(String row, String why) implements Outcome {
    @Override
    public String toMarkdown() {
        return "### " + row + "\n\nDid not run: " + why + "\n\n";
    }

    @Override
    public boolean clean() {
        return false;
    }
}
