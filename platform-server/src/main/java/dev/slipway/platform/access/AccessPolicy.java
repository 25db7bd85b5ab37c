package dev.slipway.platform.access;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.OPTIONS;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// The one table of who may call what. The first rule that fits decides; what has no rule is denied.
///
/// The filter chains are built from it, and tests compare it with every route that really exists: a route of
/// the API, a servlet or a view of the dashboard without a line here fails the build.
public final class AccessPolicy {
    /// How one shows there who one is.
    public enum Area {
        /// not at all
        PUBLIC("/health", "/hooks/**"),
        /// HTTP Basic with a token as the password
        GIT("/git/**"),
        /// HTTP Basic with a token as the password, or a program's own credentials
        REGISTRY("/v2/**"),
        /// a bearer token, or the dashboard's session
        API("/api/**"),
        /// a session, begun by logging in with a password; everything that is in no other area
        DASHBOARD("/**");

        private final List<String> roots;

        Area(String... roots) {
            this.roots = List.of(roots);
        }

        List<String> roots() {
            return roots;
        }
    }

    /// Who may.
    public enum Who {
        ANYBODY,
        USERS,
        USERS_AND_PROGRAMS,
        /// no request from outside: what the server only calls itself
        NOBODY
    }

    /// One line of the table. `pattern` is a Spring path pattern.
    public record Rule(Area area, String pattern, List<HttpMethod> methods, Who who) {
        boolean fits(HttpMethod method, String path) {
            return methods.contains(method) && PARSER.parse(pattern).matches(PathContainer.parsePath(path));
        }
    }

    private static final PathPatternParser PARSER = PathPatternParser.defaultInstance;
    private static final HttpMethod[] ALL = {GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS};

    private static final List<Rule> RULES = List.of(
            rule(Area.PUBLIC, "/health", Who.ANYBODY, GET, HEAD),
            // each webhook call proves itself by its signature
            rule(Area.PUBLIC, "/hooks/{app}", Who.ANYBODY, POST),
            rule(Area.GIT, "/git/**", Who.USERS, GET, HEAD, POST),
            rule(Area.REGISTRY, "/v2/**", Who.USERS_AND_PROGRAMS, ALL),
            api("openapi", GET),
            api("queue", GET),
            api("workers", GET),
            api("metrics", GET),
            api("me", GET),
            api("me/password", POST),
            api("tokens", GET, POST),
            api("tokens/{id}", DELETE),
            api("apps", GET, POST),
            api("apps/{app}", GET, PATCH, DELETE),
            api("apps/{app}/config", GET, PATCH, POST),
            api("apps/{app}/config/names", GET),
            api("apps/{app}/domains", GET, POST),
            api("apps/{app}/domains/{id}", GET, PATCH, DELETE),
            api("apps/{app}/volumes", GET, POST),
            api("apps/{app}/volumes/{name}", GET, PATCH, DELETE),
            api("volumes", GET),
            api("volumes/{id}", DELETE),
            api("volumes/{id}/attach", POST),
            api("apps/{app}/certificates", GET, POST),
            api("apps/{app}/certificates/{id}", DELETE),
            api("certificates", GET, POST),
            api("certificates/{id}", DELETE),
            api("apps/{app}/access", GET, PATCH),
            api("apps/{app}/access/users/{name}", PUT, DELETE),
            api("apps/{app}/drains", GET, POST),
            api("apps/{app}/drains/{id}", DELETE),
            api("apps/{app}/drains/{id}/test", POST),
            api("apps/{app}/events", GET),
            api("apps/{app}/fetch", POST),
            api("apps/{app}/webhook", GET),
            api("apps/{app}/webhook/renew", POST),
            api("apps/{app}/deliveries", GET),
            api("apps/{app}/instances", GET, PUT),
            api("apps/{app}/instances/{id}/logs", GET),
            api("apps/{app}/metrics", GET),
            api("apps/{app}/logs", GET),
            api("apps/{app}/logs/stream", GET),
            api("apps/{app}/logs/download", GET),
            api("apps/{app}/builds", GET, POST),
            api("apps/{app}/builds/{number}", GET),
            api("apps/{app}/builds/{number}/steps", GET),
            api("apps/{app}/builds/{number}/log", GET),
            api("apps/{app}/builds/{number}/log/download", GET),
            api("apps/{app}/builds/{number}/log/stream", GET),
            api("apps/{app}/builds/{number}/cancel", POST),
            api("apps/{app}/deploys/resume", POST),
            api("apps/{app}/releases", GET, POST),
            api("apps/{app}/releases/{number}", GET),
            api("apps/{app}/releases/{number}/command/output", GET),
            api("apps/{app}/releases/{number}/rollback", GET, POST),
            api("apps/{app}/releases/{number}/compare/{other}", GET),
            api("apps/{app}/runs", GET, POST),
            api("apps/{app}/runs/{id}", GET),
            api("apps/{app}/runs/{id}/cancel", POST),
            api("apps/{app}/runs/{id}/output", GET),
            api("apps/{app}/schedules", GET, POST),
            api("apps/{app}/schedules/{id}", GET, PATCH, DELETE),
            api("apps/{app}/schedules/{id}/run", POST),
            api("apps/{app}/schedules/{id}/pause", POST),
            api("apps/{app}/schedules/{id}/resume", POST),
            api("apps/{app}/terminal", GET),
            rule(Area.DASHBOARD, "/login", Who.ANYBODY, GET, HEAD, POST),
            rule(Area.DASHBOARD, "/logout", Who.USERS, POST),
            view("/"),
            view("/new"),
            view("/queue"),
            view("/storage"),
            view("/account"),
            view("/apps/{app}"),
            view("/apps/{app}/builds"),
            view("/apps/{app}/builds/{number}"),
            view("/apps/{app}/releases"),
            view("/apps/{app}/compare/{from}/{to}"),
            view("/apps/{app}/logs"),
            view("/apps/{app}/logs/drains"),
            view("/apps/{app}/metrics"),
            view("/apps/{app}/activity"),
            view("/apps/{app}/commands"),
            view("/apps/{app}/commands/{run}"),
            view("/apps/{app}/config"),
            view("/apps/{app}/domains"),
            view("/apps/{app}/storage"),
            view("/apps/{app}/access"),
            view("/apps/{app}/repository"),
            view("/apps/{app}/settings"),
            rule(Area.DASHBOARD, "/error", Who.NOBODY, ALL),
            // the Vaadin servlet's own mapping, which only forwards reach
            rule(Area.DASHBOARD, "/vaadinServlet/**", Who.NOBODY, ALL));

    private AccessPolicy() {}

    /// The rules of an area in order.
    static List<Rule> rules(Area area) {
        return RULES.stream().filter(rule -> rule.area() == area).toList();
    }

    /// The rule that decides about a request, if there is one.
    public static Optional<Rule> rule(HttpMethod method, String path) {
        return RULES.stream().filter(rule -> rule.fits(method, path)).findFirst();
    }

    /// The methods for which there are rules about a path.
    static Set<HttpMethod> methods(String path) {
        return Arrays.stream(ALL)
                .filter(method -> rule(method, path).isPresent())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The rule of a view of the dashboard by the path of its route, without the leading slash (as Vaadin gives
    /// it). Parameters may stand in it as they are (`apps/:app`).
    public static Optional<Rule> ruleOfView(String route) {
        return rule(GET, "/" + route).filter(rule -> rule.area() == Area.DASHBOARD);
    }

    static PathPattern parse(String pattern) {
        return PARSER.parse(pattern);
    }

    /// A route of the API. Whoever may GET may also ask for the headers alone.
    private static Rule api(String resource, HttpMethod... methods) {
        List<HttpMethod> all = new ArrayList<>(Arrays.asList(methods));
        if (all.contains(GET)) {
            all.add(HEAD);
        }
        return new Rule(Area.API, "/api/v1/" + resource, List.copyOf(all), Who.USERS);
    }

    private static Rule view(String path) {
        return rule(Area.DASHBOARD, path, Who.USERS, GET, HEAD);
    }

    private static Rule rule(Area area, String pattern, Who who, HttpMethod... methods) {
        return new Rule(area, pattern, Arrays.asList(methods), who);
    }
}
