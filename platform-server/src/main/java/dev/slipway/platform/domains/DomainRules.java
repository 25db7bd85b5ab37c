package dev.slipway.platform.domains;

import dev.slipway.db.domains.HostName;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.Problem;
import org.springframework.stereotype.Component;

/// Which names can't be an app's own.
@Component
class DomainRules {
    private final Addresses addresses;

    DomainRules(Addresses addresses) {
        this.addresses = addresses;
    }

    /// @throws Problem INVALID
    void check(HostName host) {
        if (host.within(addresses.domain())) {
            throw Problem.invalid(host.readable() + " belongs to the platform itself: below " + addresses.domain()
                    + " each app has its name by itself.");
        }
        if (host.within("localhost")) {
            throw Problem.invalid("Names below localhost are each machine's own. Use a name that is in DNS.");
        }
    }
}
