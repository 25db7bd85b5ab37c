package dev.slipway.runtime.router;

import java.util.Optional;

/// Where an app's own domain leads.
///
/// @param host in lower case, in Punycode; `*.example.com` is any one label before `example.com`
/// @param path the beginning of the paths that it is about, `/` for all
/// @param stripPath the app sees paths without that beginning
/// @param redirect visitors are sent on instead
/// @param forceHttps visitors of http are sent to https, if there is a certificate
/// @param hstsSeconds what `Strict-Transport-Security` says, 0 for none
public record DomainRoute(
        String app,
        String host,
        String path,
        boolean stripPath,
        Optional<Redirect> redirect,
        boolean forceHttps,
        int hstsSeconds) {

    /// To the same path at another host.
    public record Redirect(String host, int status) {}

    /// The request's path begins with this domain's, by whole segments.
    boolean leads(String uri) {
        int length = path.length();
        return length == 1
                || uri.startsWith(path)
                        && (uri.length() == length || uri.charAt(length) == '/' || uri.charAt(length) == '?');
    }

    /// The request's target as the app sees it.
    String forApp(String uri) {
        if (!stripPath || path.length() == 1) {
            return uri;
        }
        String rest = uri.substring(path.length());
        return rest.startsWith("/") ? rest : "/" + rest;
    }
}
