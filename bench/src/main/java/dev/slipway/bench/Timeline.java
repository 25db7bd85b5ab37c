package dev.slipway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which version may answer when: from the one that was live when a request began to the newest that was asked
/// for when it ended. Thread-safe.
final class Timeline {
    private final List<String> versions = new ArrayList<>();
    private final Map<String, String> versionOfInstance = new ConcurrentHashMap<>();
    private int live;

    Timeline(String first) {
        versions.add(first);
    }

    /// A release with this version is asked for.
    synchronized void asked(String version) {
        versions.add(version);
    }

    /// The newest one that was asked for is live.
    synchronized void live() {
        live = versions.size() - 1;
    }

    /// For [#check] of a request that begins now.
    synchronized int begin() {
        return live;
    }

    /// What is wrong with `answer`, "version instance", of a request that ends now; empty when all is right.
    String check(int begun, String answer) {
        String[] words = answer.split(" ");
        if (words.length != 2) {
            return "nobody's answer: " + answer;
        }
        List<String> allowed;
        synchronized (this) {
            allowed = List.copyOf(versions.subList(begun, versions.size()));
        }
        if (!allowed.contains(words[0])) {
            return "version " + words[0] + " answered where only " + allowed + " may";
        }
        String before = versionOfInstance.putIfAbsent(words[1], words[0]);
        return before == null || before.equals(words[0])
                ? ""
                : "instance " + words[1] + " answered as version " + before + " and " + words[0];
    }
}
