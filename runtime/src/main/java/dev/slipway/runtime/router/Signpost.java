package dev.slipway.runtime.router;

/// Says where a request goes, by its host and path. The platform's own names come first, so no app's domain can
/// take them.
final class Signpost {
    private static final String CHALLENGE = "/.well-known/acme-challenge/";
    /// Permanent Redirect: method and body stay.
    private static final int FOR_GOOD = 308;

    /// A request's host and target, which holds visible ASCII alone, and whether it came by TLS.
    record Asked(HostHeader host, String uri, boolean secure) {}

    private final FrontDoorSettings settings;
    private final String suffix;

    Signpost(FrontDoorSettings settings) {
        this.settings = settings;
        this.suffix = "." + settings.domain();
    }

    Destination of(Asked asked, FrontRules rules) {
        if (!rules.challenges().isEmpty() && asked.uri().startsWith(CHALLENGE)) {
            String answer = rules.challenges().get(asked.uri().substring(CHALLENGE.length()));
            if (answer != null) {
                return new Destination.Authority(answer);
            }
        }
        HostHeader host = asked.host();
        if (host.literal() || host.name().equals("localhost")) {
            return new Destination.Platform();
        }
        if (host.name().equals(settings.domain())) {
            return mustBeSecure(settings.forceHttps(), asked, rules) ? secured("", asked) : new Destination.Platform();
        }
        if (!rules.known()) {
            return new Destination.Unknown();
        }
        return host.name().endsWith(suffix) ? below(asked, rules) : elsewhere(asked, rules);
    }

    /// `<app>.<domain>`
    private Destination below(Asked asked, FrontRules rules) {
        String name = asked.host().name();
        String label = name.substring(0, name.length() - suffix.length());
        if (label.isEmpty() || label.contains(".")) {
            return new Destination.Stranger();
        }
        return mustBeSecure(settings.forceHttps(), asked, rules)
                ? secured(label, asked)
                : new Destination.App(label, asked.uri(), "", 0);
    }

    private Destination elsewhere(Asked asked, FrontRules rules) {
        DomainRoute route = rules.domains().find(asked.host().name(), asked.uri());
        if (route == null) {
            return new Destination.Stranger();
        }
        if (route.redirect().isPresent()) {
            return redirected(asked, route, rules);
        }
        if (mustBeSecure(route.forceHttps(), asked, rules)) {
            return secured(route.app(), asked);
        }
        String uri = route.forApp(asked.uri());
        String prefix = route.stripPath() && route.path().length() > 1 ? route.path() : "";
        return new Destination.App(route.app(), uri, prefix, asked.secure() ? route.hstsSeconds() : 0);
    }

    /// Without a certificate nobody is sent to https: it couldn't answer.
    private boolean mustBeSecure(boolean wanted, Asked asked, FrontRules rules) {
        return wanted
                && !asked.secure()
                && settings.httpsPort() > 0
                && rules.certificates().cover(asked.host().name());
    }

    private Destination secured(String app, Asked asked) {
        return new Destination.Elsewhere(app, address(asked, asked.host().name(), true), FOR_GOOD);
    }

    private Destination redirected(Asked asked, DomainRoute route, FrontRules rules) {
        DomainRoute.Redirect redirect = route.redirect().orElseThrow();
        DomainRoute there = rules.domains().find(redirect.host(), asked.uri());
        boolean secure = asked.secure()
                || there != null
                        && there.forceHttps()
                        && settings.httpsPort() > 0
                        && rules.certificates().cover(redirect.host());
        return new Destination.Elsewhere(route.app(), address(asked, redirect.host(), secure), redirect.status());
    }

    private String address(Asked asked, String host, boolean secure) {
        return (secure ? "https://" : "http://") + host + port(asked, secure) + asked.uri();
    }

    /// Who goes on with the same scheme came through the port that was named. A visitor of http who named none though
    /// we listen on another one came through a port that is passed on to us; then that of https is passed on too.
    private String port(Asked asked, boolean secure) {
        int named = asked.host().port();
        if (secure == asked.secure()) {
            return named < 0 ? "" : ":" + named;
        }
        boolean passedOn = named < 0 && settings.port() != 80;
        return settings.httpsPort() == 443 || passedOn ? "" : ":" + settings.httpsPort();
    }
}
