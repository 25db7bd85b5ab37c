package dev.slipway.platform.acme;

import dev.slipway.platform.Variables;
import java.net.URI;
import java.util.Optional;

/// Which authority is asked, and as whom.
///
/// @param contact a mail address for the account, "" for none
/// @param frontDoor the front door's port for http on this machine
record AcmeSettings(URI directory, String contact, int frontDoor) {
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
        return Optional.of(new AcmeSettings(
                URI.create(directory), contact, Integer.parseInt(variables.get("SLIPWAY_HTTP_PORT", "8080"))));
    }
}
