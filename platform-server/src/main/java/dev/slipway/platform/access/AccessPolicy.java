package dev.slipway.platform.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// The one table of who may call what. The first rule that fits decides; what has no rule is denied.
///
/// The filter chains are built from it, and tests compare it with every route that really exists: a route of the API, a servlet or
/// a view of the dashboard without a line here fails the build.
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
        ANYBODY, USERS, USERS_AND_PROGRAMS,
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
    private static final HttpMethod[] READ = {HttpMethod.GET, HttpMethod.HEAD};
    private static final HttpMethod[] ALL = {
        HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE, HttpMethod.OPTIONS
    };

    private static final List<Rule> RULES = List.of(
            rule(Area.PUBLIC, "/health", Who.ANYBODY, READ),
            // each webhook call proves itself by its signature
            rule(Area.PUBLIC, "/hooks/{app}", Who.ANYBODY, HttpMethod.POST),
            rule(Area.GIT, "/git/**", Who.USERS, HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST),
            rule(Area.REGISTRY, "/v2/**", Who.USERS_AND_PROGRAMS, ALL),
            rule(Area.API, "/api/v1/openapi/**", Who.USERS, READ),
            rule(Area.API, "/api/v1/apps/**", Who.USERS, ALL),
            rule(Area.API, "/api/v1/queue", Who.USERS, ALL),
            rule(Area.API, "/api/v1/workers", Who.USERS, ALL),
            rule(Area.API, "/api/v1/tokens/**", Who.USERS, ALL),
            rule(Area.API, "/api/v1/me/**", Who.USERS, ALL),
            rule(Area.DASHBOARD, "/login", Who.ANYBODY, HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST),
            rule(Area.DASHBOARD, "/logout", Who.USERS, HttpMethod.POST),
            rule(Area.DASHBOARD, "/", Who.USERS, READ),
            rule(Area.DASHBOARD, "/apps/**", Who.USERS, READ),
            rule(Area.DASHBOARD, "/new", Who.USERS, READ),
            rule(Area.DASHBOARD, "/queue", Who.USERS, READ),
            rule(Area.DASHBOARD, "/workers", Who.USERS, READ),
            rule(Area.DASHBOARD, "/tokens", Who.USERS, READ),
            rule(Area.DASHBOARD, "/account", Who.USERS, READ),
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

    /// The rule of a view of the dashboard by the path of its route, without the leading slash (as Vaadin gives it). Parameters may
    /// stand in it as they are (`apps/:app`).
    public static Optional<Rule> ruleOfView(String route) {
        return rule(HttpMethod.GET, "/" + route).filter(rule -> rule.area() == Area.DASHBOARD);
    }

    static PathPattern parse(String pattern) {
        return PARSER.parse(pattern);
    }

    private static Rule rule(Area area, String pattern, Who who, HttpMethod... methods) {
        return new Rule(area, pattern, Arrays.asList(methods), who);
    }
}
