package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/// Secrets, and what they look like when someone encoded them: as they are, in hexadecimal digits and in Base64
/// at each of its three alignments.
final class PlantedSecrets {
    private final Map<String, Set<String>> forms = new LinkedHashMap<>();

    PlantedSecrets text(String name, String secret) {
        return bytes(name, secret.getBytes(StandardCharsets.UTF_8));
    }

    PlantedSecrets bytes(String name, byte[] secret) {
        assertThat(secret).as(name).hasSizeGreaterThan(10);
        Set<String> looks = new TreeSet<>();
        looks.add(new String(secret, StandardCharsets.ISO_8859_1));
        looks.add(HexFormat.of().formatHex(secret));
        looks.add(HexFormat.of().withUpperCase().formatHex(secret));
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // the characters at both ends hold bits of their neighbours too
            looks.add(whole.substring(before == 0 ? 0 : before + 1, shifted.length / 3 * 4));
        }
        forms.put(name, looks);
        return this;
    }

    /// What of them is in the text, as sentences.
    List<String> in(String place, String text) {
        List<String> leaks = new ArrayList<>();
        forms.forEach((secret, looks) -> {
            if (looks.stream().anyMatch(text::contains)) {
                leaks.add(secret + " is in " + place);
            }
        });
        return leaks;
    }

    void assertNoneIn(String place, String text) {
        assertThat(in(place, text)).isEmpty();
    }

    /// A file's bytes, unpacked when they are packed by gzip, one character for each; empty when it is gone.
    static String read(Path file) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length > 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
                try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    bytes = unpacked.readAllBytes();
                }
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }

    static String arguments(ProcessHandle process) throws IOException {
        return read(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    }
}
