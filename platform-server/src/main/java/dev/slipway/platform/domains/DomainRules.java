package dev.slipway.platform.domains;

import dev.slipway.db.domains.HostName;
import dev.slipway.platform.Addresses;
import dev.slipway.platform.Problem;
import dev.slipway.platform.Variables;
import org.springframework.stereotype.Component;

/// Which names can't be an app's own, and which can't have what.
@Component
class DomainRules {
    private final Addresses addresses;
    private final boolean automatic;

    DomainRules(Addresses addresses, Variables variables) {
        this.addresses = addresses;
        this.automatic = addresses.servesHttps()
                && !variables.get("SLIPWAY_ACME_DIRECTORY", "").equals("off");
    }

    /// Certificates can be had automatically here.
    boolean automatic() {
        return automatic;
    }

    /// @throws Problem INVALID when a certificate for that host can't be had automatically
    void checkAutomatic(HostName host) {
        if (host.wildcard()) {
            throw Problem.invalid(
                    "A certificate for " + host
                            + " can't be had automatically: authorities want a DNS record for wildcards. Upload one of your own.");
        }
        if (!automatic) {
            throw Problem.invalid(
                    "Certificates can't be had automatically here: https or the authority is turned off (SLIPWAY_HTTPS_PORT, SLIPWAY_ACME_DIRECTORY).");
        }
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
