package io.hawser.internal.item;

import io.hawser.Bytes;
import io.hawser.ProtocolError;

/// Pulls one message apart, item by item, out of memory.
///
/// A list or map is entered, then [#hasNext()] says whether another item is to be read in it; where it answers
/// false it has left the list or map. In a map a key is the item before its value:
///
/// ```java
/// reader.enterMap();
/// while (reader.hasNext()) {
///     switch (reader.readText()) {
///         case "id" -> id = reader.readInteger();
///         default -> reader.skip();
///     }
/// }
/// reader.end();
/// ```
///
/// Keys may come twice; what that means is for the caller to decide.
/// Errors: every `read` throws [ProtocolError] 4004 for input that is cut short, malformed or of another kind,
/// with the offset and [#path()], and consumes nothing that it did not check; [io.hawser.LimitExceeded] for a
/// nesting too deep. Nothing is allocated on the word of a declared length that the input does not hold.
/// Thread: one at a time.
public interface ItemReader {
    /// The code of MSGI and hawser.v1 for a payload that does not parse or does not fit its type.
    int MALFORMED = 4004;

    /// The code of an error for a value that is well-formed and has no form here: a number beyond a double, a text
    /// that is not Unicode. It can be passed over by [#skip()].
    int NOT_CARRIED = 400;

    /// The kind of the next item, which stays unread.
    ItemKind peek();

    void readNull();

    boolean readBool();

    /// A signed integer of at most 64 bits.
    long readInteger();

    /// A number written as a float, whatever its width.
    double readFloat();

    /// A string, or the key of a map.
    String readText();

    /// Shape: in JSON a string in base64.
    Bytes readBytes();

    /// Begins a list.
    ///
    /// @return how many items it holds, at most what the rest of the input can hold; -1 where not known yet
    int enterList();

    /// Begins a map.
    ///
    /// @return how many pairs it holds, at most what the rest of the input can hold; -1 where not known yet
    int enterMap();

    /// Whether the entered list or map has another item; where not, it is left.
    boolean hasNext();

    /// Checks that nothing follows.
    void end();

    /// Where the reader's owner is in its own terms, for errors only.
    ItemPath path();

    /// The error for input that is well-formed but against a rule of the reader's owner.
    ///
    /// @param rule where the rule is written
    ProtocolError malformed(String what, String rule);

    /// Reads the next item, all that is in it, and forgets it.
    default void skip() {
        switch (peek()) {
            case NULL -> readNull();
            case BOOL -> readBool();
            case INTEGER -> readInteger();
            case FLOAT -> readFloat();
            case TEXT -> readText();
            case BYTES -> readBytes();
            case LIST -> {
                enterList();
                while (hasNext()) skip();
            }
            case MAP -> {
                enterMap();
                while (hasNext()) {
                    readText();
                    skip();
                }
            }
        }
    }
}
