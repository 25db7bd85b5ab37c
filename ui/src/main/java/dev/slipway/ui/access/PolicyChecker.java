package dev.slipway.ui.access;

import com.vaadin.flow.server.auth.AccessCheckResult;
import com.vaadin.flow.server.auth.NavigationAccessChecker;
import com.vaadin.flow.server.auth.NavigationContext;
import dev.slipway.platform.access.AccessPolicy;
import dev.slipway.platform.access.AccessPolicy.Rule;
import java.util.Optional;

/// Asks the access policy about each navigation: a view without a rule is denied to everybody.
final class PolicyChecker implements NavigationAccessChecker {
    private static final long serialVersionUID = 1;

    @Override
    public AccessCheckResult check(NavigationContext context) {
        if (context.isErrorHandling()) {
            return AccessCheckResult.allow();
        }
        Optional<Rule> rule = AccessPolicy.ruleOfView(context.getLocation().getPath());
        if (rule.isEmpty()) {
            return AccessCheckResult.deny("the access policy has no rule for this view");
        }
        boolean allowed = switch (rule.get().who()) {
            case ANYBODY -> true;
            case USERS -> context.getPrincipal() != null;
            case USERS_AND_PROGRAMS, NOBODY -> false;
        };
        return allowed ? AccessCheckResult.allow() : AccessCheckResult.deny("only for users who are logged in");
    }
}
