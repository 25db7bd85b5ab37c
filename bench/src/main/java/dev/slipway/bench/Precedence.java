package dev.slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Visitors have processors of their own, and here they share the platform's: what is measured is how long they wait
/// for an answer, not for their own turn. So the session of this process goes first while it lives, where the kernel
/// weighs sessions (`sched(7)`, autogroup) and this is root.
final class Precedence {
    private static final Path AUTOGROUP = Path.of("/proc/self/autogroup");
    private static final String FIRST = "-12";

    private Precedence() {}

    /// Takes it until this process ends.
    static void take() {
        try {
            String before = Files.readString(AUTOGROUP).strip().replaceFirst(".* ", "");
            Files.writeString(AUTOGROUP, FIRST);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> giveBack(before)));
        } catch (IOException withoutIt) {
            System.err.println(
                    "The visitors of this measurement wait for their own turns, too: " + withoutIt.getMessage());
        }
    }

    private static void giveBack(String before) {
        try {
            Files.writeString(AUTOGROUP, before);
        } catch (IOException itStays) {
            System.err.println(itStays.getMessage());
        }
    }
}
