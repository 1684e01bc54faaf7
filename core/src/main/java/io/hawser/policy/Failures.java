package io.hawser.policy;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.ShutdownFailed;
import io.hawser.StartupFailed;
import io.hawser.UnexpectedStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What errors mean where nobody says otherwise.
final class Failures {
    static final Classifier STANDARD = new Classifier() {};

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final int GO_AWAY_FIRST = 4000;
    private static final int GO_AWAY_LAST = 4499;

    private Failures() {}

    static Verdict verdict(Throwable error) {
        return switch (error) {
            case HawserException ours -> ofOurs(ours);
            case InterruptedException _ -> Verdict.cancelled();
            case CancellationException _ -> Verdict.cancelled();
            case ConnectException _ -> Verdict.temporary("connect_failed", Processed.NO);
            case NoRouteToHostException _ -> Verdict.temporary("connect_failed", Processed.NO);
            case UnknownHostException _ -> Verdict.temporary("unknown_host", Processed.NO);
            case IOException _ -> Verdict.temporary("io", Processed.MAYBE);
            case TimeoutException _ -> Verdict.temporary("timeout", Processed.MAYBE);
            case UncheckedIOException wrapper -> ofCause(wrapper);
            case ExecutionException wrapper -> ofCause(wrapper);
            case CompletionException wrapper -> ofCause(wrapper);
            case IllegalArgumentException _ -> Verdict.clientError("illegal_argument");
            default -> Verdict.fatal(error.getClass().getSimpleName());
        };
    }

    private static Verdict ofCause(Throwable wrapper) {
        Throwable cause = wrapper.getCause();
        return cause == null ? Verdict.fatal(wrapper.getClass().getSimpleName()) : verdict(cause);
    }

    private static Verdict ofOurs(HawserException error) {
        return switch (error) {
            case ConnectFailed _ -> Verdict.temporary("connect_failed", Processed.NO);
            case ConnectionLost lost -> Verdict.temporary("connection_lost", lost.processed());
            case DeadlineExceeded late -> Verdict.temporary("timeout", late.processed());
            case Rejected refused -> Verdict.throttled("rejected", Processed.NO, refused.retryAfter());
            case SessionClosed closed when isUnwelcome(closed.code()) -> Verdict.clientError("session_closed");
            case SessionClosed closed -> Verdict.temporary("session_closed", closed.processed());
            case LimitExceeded _ -> Verdict.clientError("limit_exceeded");
            case Cancelled _ -> Verdict.cancelled();
            case ProtocolError _ -> Verdict.fatal("protocol_error");
            case UnexpectedStatus answer -> ofStatus(answer.status());
            case StartupFailed _ -> Verdict.fatal("startup_failed");
            case ShutdownFailed _ -> Verdict.fatal("shutdown_failed");
        };
    }

    /// As an answer with that status would be judged whose fields nobody has seen.
    private static Verdict ofStatus(int status) {
        String reason = "http_" + status;
        return switch (status) {
            case 429 -> Verdict.throttled(reason, Processed.NO, Optional.empty());
            case 421 -> Verdict.temporary(reason, Processed.NO);
            case 408, 425 -> Verdict.temporary(reason, Processed.MAYBE);
            case 501, 505 -> Verdict.clientError(reason);
            default -> status < 500 ? Verdict.clientError(reason) : Verdict.temporary(reason, Processed.MAYBE);
        };
    }

    private static boolean isUnwelcome(int code) {
        return code >= GO_AWAY_FIRST && code <= GO_AWAY_LAST;
    }

    static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            LOG.debug("An answer that nobody gets did not close", failure);
        }
    }
}
