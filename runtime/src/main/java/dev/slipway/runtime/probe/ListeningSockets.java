package dev.slipway.runtime.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// TCP sockets that listen in a process's network namespace, read from outside in `/proc/<pid>/net/tcp` and
/// `tcp6` (proc(5)).
public final class ListeningSockets {
    /// `loopback`: only reachable from inside.
    public record Listener(String address, int port, boolean loopback) {
        @Override
        public String toString() {
            return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        }
    }

    private static final String LISTEN = "0A";
    /// Docker's embedded DNS listens on loopback at a random port: it isn't the app.
    private static final String DOCKER_DNS = "127.0.0.11";

    private ListeningSockets() {}

    /// Empty when the process is gone or isn't on this machine.
    public static List<Listener> of(long pid) {
        List<Listener> listeners = new ArrayList<>();
        for (String file : List.of("tcp", "tcp6")) {
            try {
                listeners.addAll(parse(Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", file))));
            } catch (IOException gone) {
                // then there is nothing to say about it
            }
        }
        listeners.sort(Comparator.comparingInt(Listener::port));
        return listeners;
    }

    static List<Listener> parse(List<String> table) {
        List<Listener> listeners = new ArrayList<>();
        for (String line : table) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length > 3 && columns[3].equals(LISTEN)) {
                Listener listener = listener(columns[1]);
                if (!listener.address().equals(DOCKER_DNS)) {
                    listeners.add(listener);
                }
            }
        }
        return listeners;
    }

    /// `0100007F:0BB8`: 32-bit words in the machine's (little-endian) order, the port in hex.
    private static Listener listener(String column) {
        int colon = column.indexOf(':');
        String hex = column.substring(0, colon);
        int port = Integer.parseInt(column.substring(colon + 1), 16);
        if (hex.length() == 8) {
            int[] bytes = bytes(hex);
            return new Listener(bytes[0] + "." + bytes[1] + "." + bytes[2] + "." + bytes[3], port, bytes[0] == 127);
        }
        if (hex.startsWith("0000000000000000FFFF0000")) {
            return listener(hex.substring(24) + column.substring(colon));
        }
        boolean any = hex.chars().allMatch(c -> c == '0');
        boolean loopback = hex.equals("00000000000000000000000001000000");
        return new Listener(any ? "::" : loopback ? "::1" : hex, port, loopback);
    }

    private static int[] bytes(String word) {
        int[] bytes = new int[4];
        for (int i = 0; i < 4; i++) {
            bytes[3 - i] = Integer.parseInt(word.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }
}
