package dev.slipway.runtime.router;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All apps' own domains. A host that is named goes before a wildcard that would fit, the longest path before
/// shorter ones.
public final class Domains {
    public static final Domains NONE = new Domains(List.of());

    private final Map<String, List<DomainRoute>> byHost;

    public Domains(Collection<DomainRoute> routes) {
        byHost = routes.stream()
                .sorted(Comparator.comparingInt(
                                (DomainRoute route) -> route.path().length())
                        .reversed())
                .collect(Collectors.groupingBy(DomainRoute::host));
    }

    /// Null when there is none.
    @Nullable
    DomainRoute find(String host, String uri) {
        List<DomainRoute> routes = of(host);
        if (routes != null) {
            for (DomainRoute route : routes) {
                if (route.leads(uri)) {
                    return route;
                }
            }
        }
        return null;
    }

    private @Nullable List<DomainRoute> of(String host) {
        if (byHost.isEmpty()) {
            return null;
        }
        List<DomainRoute> named = byHost.get(host);
        int dot = host.indexOf('.');
        return named != null || dot < 0 ? named : byHost.get("*" + host.substring(dot));
    }
}
