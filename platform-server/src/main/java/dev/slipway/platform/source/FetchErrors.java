package dev.slipway.platform.source;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.jspecify.annotations.Nullable;

/// Why a visit to a remote repository failed, for a person. Decided by the exceptions' types and the HTTP
/// status, never by their messages.
final class FetchErrors {
    private FetchErrors() {}

    /// @param status the last HTTP status received; 0: none
    /// @param credentials whether there were any to send
    static String sentence(Throwable error, String url, int status, boolean credentials) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String sentence = known(cause, url);
            if (sentence != null) {
                return sentence;
            }
        }
        return switch (status) {
            case 401 ->
                credentials
                        ? url
                                + " doesn't accept the user and password (or token) that are stored for it. Enter them anew in the app's settings."
                        : url
                                + " needs a user and a password (or token), or doesn't exist. Check the URL; if the repository is private, enter them in the app's settings.";
            case 403 ->
                url + " refuses access"
                        + (credentials
                                ? " to the user whose password is stored for it."
                                : ". Enter a user and a password (or token) in the app's settings.");
            case 404, 410 ->
                "There is no repository at " + url + ". Check the URL"
                        + (credentials
                                ? "."
                                : "; if the repository is private, enter a user and a password (or token) in the app's settings.");
            case 429 -> url + " answers that it was asked too often (429). Poll it less often.";
            case 0, 200 -> "Fetching " + url + " failed: " + reason(error);
            default ->
                status >= 500
                        ? url + " has a problem of its own (HTTP " + status + "). It will be tried again."
                        : url + " answered with HTTP " + status + ", which isn't a Git repository's answer.";
        };
    }

    private static @Nullable String known(Throwable cause, String url) {
        return switch (cause) {
            case RefusedAddressException e -> e.sentence();
            case LimitExceededException e -> "Fetching " + url + " was stopped: " + e.getMessage() + ".";
            case UnknownHostException e -> "The host of " + url + " isn't known. Check the URL.";
            case ConnectTimeoutException e -> "The host of " + url + " doesn't answer (no connection within 10 s).";
            case SocketTimeoutException e -> url + " stopped answering (nothing for 30 s).";
            case ConnectException e -> "The host of " + url + " refuses connections. Check the URL and its port.";
            case NoRouteToHostException e -> "There is no way to the host of " + url + ".";
            case SSLException e -> "No secure connection to " + url + ": " + e.getMessage() + ".";
            case TooLargeObjectInPackException e ->
                "Fetching " + url + " was stopped: a file in its history is too large" + " (SLIPWAY_MAX_OBJECT_MB). "
                        + e.getMessage();
            case NotGitException e -> url + " answers, but not as a Git server does (smart HTTP). Check the URL.";
            case CorruptObjectException e -> url + " sent a broken object: " + e.getMessage() + ".";
            case OutOfMemoryError e -> "Fetching " + url + " failed: an object in it is too large to unpack.";
            default -> null;
        };
    }

    private static String reason(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : TerminalText.clean(message.replace('\n', ' '));
    }
}
