package dev.slipway.db.domains;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/// A host name as it is in DNS: lower case, internationalised labels in Punycode, no dot at its end; or
/// `*.example.com`, which is any one label before `example.com`.
public record HostName(String value) {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    /// Letters that IDNA's versions turn into different names.
    private static final String AMBIGUOUS = "ßẞς\u200c\u200d";
    private static final String WILDCARD = "*.";

    /// @throws IllegalArgumentException with a message for the user when it isn't one
    public HostName {
        String name = value.startsWith(WILDCARD) ? value.substring(WILDCARD.length()) : value;
        String[] labels = name.split("\\.", -1);
        require(value.length() <= LONGEST && labels.length >= 2, value);
        for (String label : labels) {
            require(LABEL.matcher(label).matches(), value);
        }
        // the last label of an IPv4 address, in any of its spellings, is a number (WHATWG URL, 3.5)
        require(!NUMBER.matcher(labels[labels.length - 1]).matches(), value);
    }

    /// What a person wrote: in any case, in any script, perhaps with a dot at its end.
    ///
    /// @throws IllegalArgumentException with a message for the user
    public static HostName of(String written) {
        String text = written.strip();
        boolean wildcard = text.startsWith(WILDCARD);
        String name = wildcard ? text.substring(WILDCARD.length()) : text;
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        require(plain.length() <= LONGEST, written);
        if (plain.chars().anyMatch(c -> AMBIGUOUS.indexOf(c) >= 0)) {
            throw new IllegalArgumentException(
                    "\"" + abbreviate(plain)
                            + "\" has a letter that browsers and DNS may read differently. Write the name as it is in DNS, beginning with xn--.");
        }
        try {
            String ascii = IDN.toASCII(plain).toLowerCase(Locale.ROOT);
            return new HostName(wildcard ? WILDCARD + ascii : ascii);
        } catch (IllegalArgumentException e) {
            throw refused(written);
        }
    }

    public boolean wildcard() {
        return value.startsWith(WILDCARD);
    }

    /// In the script that people read: `müller.example`.
    public String readable() {
        return (wildcard() ? WILDCARD : "") + IDN.toUnicode(wildcard() ? value.substring(WILDCARD.length()) : value);
    }

    /// It is `domain` itself or below it.
    public boolean within(String domain) {
        String name = wildcard() ? value.substring(WILDCARD.length()) : value;
        return name.equals(domain) || name.endsWith("." + domain);
    }

    private static void require(boolean valid, String value) {
        if (!valid) {
            throw refused(value);
        }
    }

    private static IllegalArgumentException refused(String value) {
        return new IllegalArgumentException(
                "\"" + abbreviate(value)
                        + "\" isn't a domain. Write a whole name such as shop.example.com, or *.example.com for any name before it.");
    }

    private static String abbreviate(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }

    @Override
    public String toString() {
        return value;
    }
}
