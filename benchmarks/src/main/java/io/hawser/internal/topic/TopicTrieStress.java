package io.hawser.internal.topic;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// One leaves a node of the tree while another comes to it, and looks up what has been there all the time.
@JCStressTest
@Outcome(
        id = "1, 1, 3",
        expect = Expect.ACCEPTABLE,
        desc = "who came is found, who stayed was, and no node is left over")
@State
public class TopicTrieStress {
    private static final TopicPattern LEAVES = TopicPattern.of("a.b");
    private static final TopicPattern COMES = TopicPattern.of("a.c");
    private static final TopicPattern STAYS = TopicPattern.of("*");
    private static final Topic THEIRS = Topic.of("a.c");
    private static final Topic ITS = Topic.of("x");

    private final TopicTrie<Integer> trie = new TopicTrie<>();

    public TopicTrieStress() {
        trie.add(LEAVES, 1);
        trie.add(STAYS, 2);
    }

    private int found(Topic topic) {
        AtomicInteger found = new AtomicInteger();
        trie.match(topic, _ -> found.incrementAndGet());
        return found.get();
    }

    @Actor
    public void leaves() {
        trie.remove(LEAVES, 1);
    }

    @Actor
    public void comes(III_Result result) {
        trie.add(COMES, 3);
        result.r2 = found(ITS);
    }

    @Arbiter
    public void afterwards(III_Result result) {
        result.r1 = found(THEIRS);
        result.r3 = trie.nodes();
    }
}
