package dev.slipway.platform.domains;

import dev.slipway.platform.Addresses;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// The machine's resolver. Its own addresses are those of its interfaces, and what DNS says about the platform's
/// domain, which is how a machine behind a router is found.
@Component
class SystemResolver implements Resolver {
    private final Addresses addresses;

    SystemResolver(Addresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public Set<String> addresses(String host) throws UnknownHostException {
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(InetAddress::getHostAddress)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Set<String> own() {
        Set<String> own = new TreeSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .map(address -> address.getHostAddress().replaceFirst("%.*", ""))
                    .forEach(own::add);
        } catch (SocketException unreadable) {
            // what DNS says may do
        }
        try {
            Arrays.stream(InetAddress.getAllByName(addresses.domain()))
                    .filter(address -> !address.isLoopbackAddress())
                    .map(InetAddress::getHostAddress)
                    .forEach(own::add);
        } catch (UnknownHostException noPublicName) {
            // the interfaces may do
        }
        return own;
    }
}
