package dev.slipway.runtime.router;

import org.jspecify.annotations.Nullable;

/// An answer that the front door gives itself.
///
/// @param retryAfter seconds, 0 for none
record ErrorPage(int status, String title, String text, int retryAfter) {
    private static final String HTML = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title>%s<style>
            :root{color-scheme:light dark}body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto 0;padding:0 1.2rem}
            h1{font-size:1.5rem;margin:0 0 .6rem}p{margin:0;opacity:.85;white-space:pre-line}small{display:block;margin-top:2rem;opacity:.55}
            </style></head><body><h1>%s</h1><p>%s</p><small>%d · Slipway</small></body></html>
            """;

    static ErrorPage badRequest(String text) {
        return new ErrorPage(400, "Bad request", text, 0);
    }

    static ErrorPage headersTooLarge() {
        return new ErrorPage(
                431, "Request header too large", "The request's header fields are larger than this server takes.", 0);
    }

    static ErrorPage urlTooLong() {
        return new ErrorPage(414, "Address too long", "The request's address is longer than this server takes.", 0);
    }

    static ErrorPage tooBusy() {
        return new ErrorPage(503, "Too many requests at once", "Try again in a moment.", 5);
    }

    static ErrorPage noSuchApp(String host) {
        return new ErrorPage(404, "No app here", "There is no app at " + host + ". Check the spelling of the name.", 0);
    }

    /// What to say when an app's route has nobody to answer.
    static ErrorPage nobodyServes(AppRoute route) {
        String app = route.app();
        return switch (route.status()) {
            case EMPTY ->
                new ErrorPage(
                        503,
                        app + " isn't deployed yet",
                        "Nothing of it is live. Its page on the dashboard shows how to deploy it or, after a push, what went wrong.",
                        10);
            case STARTING ->
                new ErrorPage(
                        503,
                        app + " is starting",
                        "Its first release is starting. This page tries again by itself.",
                        2);
            case CHANGING -> changing(app);
            case ASLEEP -> waking(app);
            case STOPPED -> new ErrorPage(503, app + " is stopped", "Its owner has set it to 0 instances.", 60);
            case LIVE ->
                new ErrorPage(
                        503,
                        app + " is down",
                        "No instance of it runs at the moment; it is being restarted. If this goes on, its owner finds the reason on the dashboard.",
                        5);
        };
    }

    private static ErrorPage changing(String app) {
        return new ErrorPage(
                503,
                app + " is changing over",
                "Its new release has to wait until the old one has ended, because both write the same files. This takes longer than requests can wait; this page tries again by itself.",
                3);
    }

    private static ErrorPage waking(String app) {
        return new ErrorPage(
                503,
                app + " is waking up",
                "Nobody asked for it for a while, so it was stopped. It takes longer to start than requests can wait; this page tries again by itself.",
                3);
    }

    static ErrorPage unreachable(String app) {
        return new ErrorPage(
                502,
                app + " didn't answer",
                "The app broke the connection or can't be reached. If this goes on, look at its log on the dashboard.",
                0);
    }

    static ErrorPage timeout(String app, long seconds) {
        return new ErrorPage(504, app + " took too long", "The app sent no answer within " + seconds + " seconds.", 0);
    }

    static ErrorPage platformDown() {
        return new ErrorPage(
                502,
                "The platform's server is down",
                "Apps keep running. On the machine itself, `./slipway status` says what is wrong and `./slipway up` starts what is missing.",
                5);
    }

    /// A body in a form that the caller reads, and its content type.
    record Body(String contentType, String content) {}

    /// @param accept the request's `Accept`, null when it has none
    Body body(@Nullable String accept) {
        if (accept != null && accept.contains("text/html")) {
            String refresh = retryAfter == 0 ? "" : "<meta http-equiv=\"refresh\" content=\"" + retryAfter + "\">";
            return new Body(
                    "text/html; charset=utf-8",
                    HTML.formatted(escape(title), refresh, escape(title), escape(text), status));
        }
        if (accept != null && accept.contains("json")) {
            String json = "{\"type\":\"about:blank\",\"title\":%s,\"status\":%d,\"detail\":%s}"
                    .formatted(quote(title), status, quote(text));
            return new Body("application/problem+json", json);
        }
        return new Body("text/plain; charset=utf-8", title + ". " + text + "\n");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
