package io.hawser;

/// A server answered with a status for which the caller had asked for no value.
///
/// Only who reads an answer straight into a value gets it; an answer itself carries any status.
public final class UnexpectedStatus extends HawserException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String content;

    /// @param call what was asked, e.g. `GET https://example.org/users/42`
    /// @param content the beginning of the answer's body, as text
    public UnexpectedStatus(String call, int status, String content) {
        super(call + " was answered with status " + status, Processed.MAYBE, null);
        this.status = status;
        this.content = content;
    }

    public int status() {
        return status;
    }

    /// The beginning of the answer's body as text: what the server says of the matter.
    public String content() {
        return content;
    }
}
