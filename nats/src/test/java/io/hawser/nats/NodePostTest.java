package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.nats.NodeEnvelope.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodePostTest {
    private static final List<Bytes> KEYS = List.of(Bytes.ofUtf8("a key of the cluster's"));
    private static final Bytes HOW = Bytes.ofUtf8("how");

    private long millis = 1_000_000;
    private final NodePost one = post("one", 100);
    private final NodePost two = post("two", 4);

    private NodePost post(String node, int most) {
        return new NodePost(node, () -> KEYS, () -> millis, most);
    }

    private byte[] ask() {
        return one.seal(one.question("two", HOW));
    }

    @Test
    void aQuestionCountsOnceForTheNodeThatItIsFor() {
        byte[] asked = ask();
        assertThat(post("three", 4).openQuestion(asked)).isEmpty();
        assertThat(two.openQuestion(asked)).hasValueSatisfying(question -> {
            assertThat(question.from()).isEqualTo("one");
            assertThat(question.payload()).isEqualTo(HOW);
        });
        assertThat(two.openQuestion(asked)).isEmpty();
    }

    @Test
    void whatIsOlderThanAMinuteOrSaidForLaterCountsNot() {
        byte[] early = ask();
        millis += 2 * NodePost.MAX_AGE_MILLIS + 2;
        byte[] late = ask();
        millis -= NodePost.MAX_AGE_MILLIS + 1;
        assertThat(two.openQuestion(early)).isEmpty();
        assertThat(two.openQuestion(late)).isEmpty();
        assertThat(two.openQuestion(ask())).isPresent();
    }

    @Test
    void atTheBoundWhatMayHaveBeenHeardIsRefusedAndWhatIsNewIsNot() {
        byte[] first = ask();
        byte[] unheard = ask();
        assertThat(two.openQuestion(first)).isPresent();
        for (int i = 0; i < 10; i++) {
            millis++;
            assertThat(two.openQuestion(ask())).isPresent();
            assertThat(two.known()).isLessThanOrEqualTo(4);
        }
        assertThat(two.openQuestion(first)).as("said again").isEmpty();
        assertThat(two.openQuestion(unheard)).as("as old as what is forgotten").isEmpty();
    }

    @Test
    void whatIsTooOldToCountIsForgotten() {
        for (int i = 0; i < 3; i++) assertThat(two.openQuestion(ask())).isPresent();
        byte[] last = ask();
        assertThat(two.openQuestion(last)).isPresent();
        millis += NodePost.MAX_AGE_MILLIS + 1;
        assertThat(two.openQuestion(ask())).isPresent();
        assertThat(two.known()).isEqualTo(1);
        assertThat(two.openQuestion(last)).isEmpty();
    }

    @Test
    void anAnswerIsToItsQuestionAndToWhoAsked() {
        NodeEnvelope question = one.question("two", HOW);
        NodeEnvelope other = one.question("two", HOW);
        byte[] answer = two.seal(two.reply(question, Kind.ANSWER, Bytes.ofUtf8("well")));
        assertThat(one.openReply(other, answer)).isEmpty();
        assertThat(two.openReply(question, answer)).isEmpty();
        assertThat(one.openReply(question, one.seal(question))).as("itself").isEmpty();
        assertThat(one.openReply(question, answer)).isPresent();
    }

    @Test
    void aWordCountsOnceAtEachNodeForItsTopicAndForNothingElse() {
        Bytes word = Bytes.wrap(one.sealWord("$hub.failures", HOW));
        assertThat(two.openWord("$hub.stats", word)).isEmpty();
        assertThat(two.openWord("$hub.failures", HOW)).isEmpty();
        assertThat(two.openQuestion(one.sealWord("two", HOW))).isEmpty();
        assertThat(two.openWord("two", Bytes.wrap(ask()))).isEmpty();
        assertThat(two.openWord("$hub.failures", word)).contains(HOW);
        assertThat(two.openWord("$hub.failures", word)).isEmpty();
        assertThat(post("three", 4).openWord("$hub.failures", word)).contains(HOW);
    }
}
