package dev.slipway.platform.acme;

import dev.slipway.platform.Variables;
import java.net.URI;
import java.util.Optional;

/// Which authority is asked, and as whom.
///
/// @param contact a mail address for the account, "" for none
/// @param frontDoor host and port of the front door for http, as this machine reaches it
record AcmeSettings(URI directory, String contact, String frontDoor) {
    private static final String USUAL = "https://acme-v02.api.letsencrypt.org/directory";

    /// Empty when no authority is to be asked.
    ///
    /// @throws IllegalStateException with a sentence when a value can't be
    static Optional<AcmeSettings> from(Variables variables) {
        String directory = variables.get("SLIPWAY_ACME_DIRECTORY", USUAL);
        if (directory.equals("off")) {
            return Optional.empty();
        }
        if (!directory.matches("https?://[!-~]{1,500}")) {
            throw new IllegalStateException(
                    "SLIPWAY_ACME_DIRECTORY must be the URL of an ACME directory or \"off\", not \"" + directory
                            + "\"");
        }
        String contact = variables.get("SLIPWAY_ACME_CONTACT", "");
        if (!contact.matches("([^\\s@,;?]{1,64}@[^\\s@,;?]{1,255})?")) {
            throw new IllegalStateException("SLIPWAY_ACME_CONTACT must be one mail address, not \"" + contact + "\"");
        }
        return Optional.of(new AcmeSettings(URI.create(directory), contact, frontDoor(variables)));
    }

    private static String frontDoor(Variables variables) {
        String bind = variables.get("SLIPWAY_HTTP_BIND", "0.0.0.0");
        String host = bind.equals("0.0.0.0") || bind.equals("::")
                ? "127.0.0.1"
                : bind.contains(":") ? "[" + bind + "]" : bind;
        return host + ":" + variables.get("SLIPWAY_HTTP_PORT", "8080");
    }
}
