package dev.slipway.platform.source;

import dev.slipway.db.addresses.AddressRange;
import dev.slipway.db.addresses.PrivateAddresses;
import dev.slipway.platform.Problem;
import dev.slipway.platform.Variables;
import dev.slipway.platform.apps.RepositoryUrlRule;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which repositories may be watched: http(s) ones on the public Internet, and what
/// `SLIPWAY_ALLOW_PRIVATE_REPOSITORIES` names (host names, addresses and ranges, separated by commas).
///
/// [#check] is for people, when they save; what holds is [#resolve], which every connection of a fetch goes
/// through.
public final class RepositoryUrlPolicy implements RepositoryUrlRule {
    private static final int LENGTH_LIMIT = 2_000;

    private final Set<String> allowedHosts;
    private final List<AddressRange> allowedRanges;

    /// @param allowed as in `SLIPWAY_ALLOW_PRIVATE_REPOSITORIES`
    RepositoryUrlPolicy(String allowed) {
        List<String> entries = Arrays.stream(allowed.split(","))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        this.allowedRanges = entries.stream()
                .filter(RepositoryUrlPolicy::isRange)
                .map(AddressRange::parse)
                .toList();
        this.allowedHosts = entries.stream()
                .filter(entry -> !isRange(entry))
                .map(RepositoryUrlPolicy::canonical)
                .collect(Collectors.toSet());
    }

    static RepositoryUrlPolicy from(Variables variables) {
        return new RepositoryUrlPolicy(variables.get("SLIPWAY_ALLOW_PRIVATE_REPOSITORIES", ""));
    }

    /// Checks the form of the URL and where its host leads to now.
    ///
    /// @throws Problem INVALID with the reason
    @Override
    public void check(String url) {
        refusal(url).ifPresent(sentence -> {
            throw Problem.invalid(sentence);
        });
        String host = URI.create(url).getHost();
        try {
            resolve(host);
        } catch (RefusedAddressException e) {
            throw Problem.invalid(e.sentence());
        } catch (UnknownHostException e) {
            throw Problem.invalid("There is no host called \"" + host + "\". Mend the repository's URL.");
        }
    }

    /// Why a URL of this form can't be watched; empty when it can. Looks nothing up.
    static Optional<String> refusal(String url) {
        if (url.length() > LENGTH_LIMIT || url.chars().anyMatch(c -> c <= ' ' || c == 127)) {
            return Optional.of("A repository's URL has no spaces and at most " + LENGTH_LIMIT + " characters.");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of(
                    isScpForm(url)
                            ? sshSentence()
                            : "That isn't a URL. A repository's URL looks like https://github.com/owner/name.git");
        }
        return ofScheme(url, uri).or(() -> ofParts(uri));
    }

    private static Optional<String> ofScheme(String url, URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" -> Optional.empty();
            case "ssh", "git+ssh", "ssh+git" -> Optional.of(sshSentence());
            case "file" ->
                Optional.of(
                        "Files of the server can't be watched. Give an https:// URL, or push to the app's own repository.");
            case "" ->
                Optional.of(
                        isScpForm(url)
                                ? sshSentence()
                                : "\"" + abbreviate(url)
                                        + "\" has no https:// at its beginning. Files of the server can't be watched.");
            default ->
                Optional.of(
                        isScpForm(url)
                                ? sshSentence()
                                : "Repositories are watched over https:// or http://, not " + abbreviate(scheme) + ":");
        };
    }

    private static Optional<String> ofParts(URI uri) {
        if (uri.getRawUserInfo() != null) {
            return Optional.of(
                    "Put user and password into their own fields, not into the URL: there they would be shown.");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            return Optional.of("The URL has no host. A repository's URL looks like https://github.com/owner/name.git");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("The URL's port must be between 1 and 65535.");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("A repository's URL has no ? and no #.");
        }
        return Optional.empty();
    }

    /// The addresses of a host that may be connected to.
    ///
    /// @throws RefusedAddressException when one of them isn't allowed: which one a connection would take can't
    ///     be
    ///     known
    List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> addresses = new ArrayList<>(List.of(InetAddress.getAllByName(host)));
        for (InetAddress address : addresses) {
            Optional<String> refusal = refusal(host, address);
            if (refusal.isPresent()) {
                throw new RefusedAddressException(refusal.get());
            }
        }
        return addresses;
    }

    /// Why a host with this address can't be connected to; empty when it can.
    Optional<String> refusal(String host, InetAddress address) {
        if (allowedHosts.contains(canonical(host))
                || allowedRanges.stream().anyMatch(range -> range.contains(address))) {
            return Optional.empty();
        }
        return PrivateAddresses.kind(address)
                .map(kind -> "\"" + abbreviate(host) + "\" leads to " + address.getHostAddress() + " (" + kind
                        + "), where the platform doesn't fetch from. Whoever runs it can allow that: the line SLIPWAY_ALLOW_PRIVATE_REPOSITORIES="
                        + canonical(host).replaceAll("[\\[\\]]", "")
                        + " in settings.env of its home, then ./slipway up.");
    }

    private static String sshSentence() {
        return "SSH URLs can't be watched. Give the repository's https:// URL, with a user and a token if it's private.";
    }

    private static boolean isScpForm(String url) {
        int colon = url.indexOf(':');
        return colon > 0
                && !url.startsWith("//", colon + 1)
                && url.indexOf('/') != 0
                && (url.indexOf('@') >= 0 && url.indexOf('@') < colon || url.indexOf('/') > colon);
    }

    private static boolean isRange(String entry) {
        int slash = entry.indexOf('/');
        return AddressRange.literal(slash < 0 ? entry : entry.substring(0, slash))
                .isPresent();
    }

    private static String canonical(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
