package dev.slipway.db.addresses;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of IP addresses, written `10.0.0.0/8`, `fc00::/7` or as one address. Bits behind the prefix are 0.
public record AddressRange(InetAddress network, int prefix) {
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*");
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");
    private static final Pattern RANGE = Pattern.compile("([^/]{1,45})(?:/([0-9]{1,3}))?");

    public AddressRange {
        network = cut(network, prefix);
    }

    /// @throws IllegalArgumentException with a message for the user when it's neither
    @JsonCreator
    public static AddressRange parse(String text) {
        Matcher range = RANGE.matcher(text);
        InetAddress network = range.matches() ? literal(range.group(1)).orElse(null) : null;
        if (network == null) {
            throw notOne(text);
        }
        int bits = network.getAddress().length * 8;
        int prefix = range.group(2) == null ? bits : Integer.parseInt(range.group(2));
        if (prefix > bits) {
            throw notOne(text);
        }
        return new AddressRange(network, prefix);
    }

    private static IllegalArgumentException notOne(String text) {
        String shown = text.length() <= 60 ? text : text.substring(0, 60) + "…";
        return new IllegalArgumentException("\"" + shown
                + "\" is no IP address and no range of them. They look like 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32.");
    }

    /// The address that is written there; a name is never looked up.
    public static Optional<InetAddress> literal(String text) {
        try {
            return LITERAL.matcher(text).matches() ? Optional.of(InetAddress.getByName(text)) : Optional.empty();
        } catch (UnknownHostException | IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        return prefix % 8 == 0 || mine[whole] == (byte) (theirs[whole] & mask(prefix % 8));
    }

    private static InetAddress cut(InetAddress network, int prefix) {
        byte[] bytes = network.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] &= mask(Math.clamp(prefix - i * 8L, 0, 8));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte mask(int bits) {
        return (byte) (0xff << 8 - bits);
    }

    /// As it is written; one address without its length.
    @JsonValue
    @Override
    public String toString() {
        String address = ZEROS.matcher(network.getHostAddress()).replaceFirst("::");
        return prefix == network.getAddress().length * 8 ? address : address + "/" + prefix;
    }
}
