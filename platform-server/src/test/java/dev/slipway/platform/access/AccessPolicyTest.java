package dev.slipway.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.testing.RunningPlatform;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@RunningPlatform
class AccessPolicyTest {
    @Autowired
    private List<RequestMappingHandlerMapping> mappings;

    @Autowired
    private ServletContext servlets;

    @Test
    void everyHandlerOfARequestHasARule() {
        List<String> forgotten = new ArrayList<>();
        for (RequestMappingHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods().forEach((route, handler) -> {
                // springdoc is on the tests' class path only
                if (!handler.getBeanType().getName().startsWith("org.springdoc.")) {
                    forgotten.addAll(withoutRule(route));
                }
            });
        }
        assertThat(forgotten).as("routes without a rule in AccessPolicy").isEmpty();
    }

    @Test
    void everyRuleOfTheApiIsAboutAHandler() {
        Set<String> handlers = new HashSet<>();
        for (RequestMappingHandlerMapping mapping : mappings) {
            mapping.getHandlerMethods()
                    .keySet()
                    .forEach(route -> route.getPatternValues()
                            .forEach(pattern -> route.getMethodsCondition()
                                    .getMethods()
                                    .forEach(method -> handlers.add(method + " " + pattern))));
        }
        List<String> stale = AccessPolicy.rules(AccessPolicy.Area.API).stream()
                .flatMap(rule -> rule.methods().stream()
                        .filter(method -> method != HttpMethod.HEAD)
                        .map(method -> method + " " + rule.pattern()))
                .filter(route -> !handlers.contains(route))
                .toList();
        assertThat(stale).as("rules about routes that don't exist").isEmpty();
    }

    @Test
    void everyServletHasARule() {
        List<String> forgotten = servlets.getServletRegistrations().values().stream()
                .flatMap(servlet -> servlet.getMappings().stream())
                // the dispatcher's own, whose routes are the handlers
                .filter(mapping -> !mapping.equals("/"))
                .map(mapping -> mapping.replace("*", "x"))
                .filter(path -> AccessPolicy.rule(HttpMethod.GET, path).isEmpty()
                        && AccessPolicy.rule(HttpMethod.POST, path).isEmpty())
                .toList();
        assertThat(forgotten).as("servlets without a rule in AccessPolicy").isEmpty();
    }

    @Test
    void aRouteThatNobodyThoughtOfHasNoRule() {
        assertThat(AccessPolicy.rule(HttpMethod.GET, "/api/v1/new-thing")).isEmpty();
        assertThat(AccessPolicy.rule(HttpMethod.TRACE, "/api/v1/apps")).isEmpty();
        assertThat(AccessPolicy.rule(HttpMethod.DELETE, "/api/v1/apps")).isEmpty();
        assertThat(AccessPolicy.rule(HttpMethod.GET, "/api/v1/apps/shop/secrets"))
                .isEmpty();
        assertThat(AccessPolicy.rule(HttpMethod.GET, "/hooks/shop")).isEmpty();
        assertThat(AccessPolicy.ruleOfView("secret-view")).isEmpty();
        assertThat(AccessPolicy.ruleOfView("apps/:app")).isPresent();
        assertThat(AccessPolicy.ruleOfView("")).isPresent();
    }

    private static List<String> withoutRule(RequestMappingInfo route) {
        Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
        List<String> forgotten = new ArrayList<>();
        for (String pattern : route.getPatternValues()) {
            for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods) {
                if (AccessPolicy.rule(HttpMethod.valueOf(method.name()), pattern)
                        .isEmpty()) {
                    forgotten.add(method + " " + pattern);
                }
            }
        }
        return forgotten;
    }
}
