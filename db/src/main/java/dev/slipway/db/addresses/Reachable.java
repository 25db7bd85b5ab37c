package dev.slipway.db.addresses;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where connections that users ask for may lead: to the public Internet, and to what the platform's operator names.
public final class Reachable {
    private final Set<String> hosts = new HashSet<>();
    private final List<AddressRange> ranges = new ArrayList<>();
    private final String setting;

    /// @param setting the variable in which the operator names more, for messages
    /// @param allowed its value: host names, addresses and ranges, separated by commas
    public Reachable(String setting, String allowed) {
        this.setting = setting;
        for (String entry : Arrays.stream(allowed.split(",")).map(String::strip).toList()) {
            int slash = entry.indexOf('/');
            if (AddressRange.literal(slash < 0 ? entry : entry.substring(0, slash))
                    .isPresent()) {
                ranges.add(AddressRange.parse(entry));
            } else if (!entry.isEmpty()) {
                hosts.add(entry.toLowerCase(Locale.ROOT));
            }
        }
    }

    /// An address of the host to connect to. Looked up at every connection: a name can lead elsewhere meanwhile.
    ///
    /// @throws IOException with a sentence when there is none, or one of them isn't allowed
    public InetAddress resolve(String host) throws IOException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("There is no host called \"" + host + "\".", e);
        }
        for (InetAddress address : addresses) {
            Optional<String> kind = PrivateAddresses.kind(address);
            if (kind.isPresent() && !isAllowed(host, address)) {
                throw new IOException("\"" + host + "\" leads to " + address.getHostAddress() + " (" + kind.get()
                        + "). Whoever runs the platform can allow that: the line " + setting + "=" + host
                        + " in settings.env of its home, then ./slipway up.");
            }
        }
        return addresses[0];
    }

    private boolean isAllowed(String host, InetAddress address) {
        return hosts.contains(host.toLowerCase(Locale.ROOT))
                || ranges.stream().anyMatch(range -> range.contains(address));
    }
}
