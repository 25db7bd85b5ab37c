package dev.slipway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// Which version may answer when: from the one that was live when a request began to the newest that was asked
/// for when it ended; and when the newest gave its first answer. Thread-safe.
final class Timeline {
    /// When a request begins: the places of the version that is live and of the newest that was asked for.
    record Moment(int live, int newest) {}

    private final List<String> versions = new ArrayList<>();
    private final Map<String, String> versionOfInstance = new ConcurrentHashMap<>();
    private int live;
    private boolean answered = true;

    Timeline(String first) {
        versions.add(first);
    }

    /// A release with this version is asked for.
    synchronized void asked(String version) {
        versions.add(version);
        answered = false;
    }

    /// Waits until a visitor who came after the newest version was asked for had its answer.
    synchronized void awaitAnswer(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (!answered) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("nobody had an answer of " + versions.getLast() + " for " + longest);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /// The newest one that was asked for is live.
    synchronized void live() {
        live = versions.size() - 1;
    }

    /// For [#check] of a request that begins now.
    synchronized Moment begin() {
        return new Moment(live, versions.size() - 1);
    }

    /// What is wrong with `answer`, "version instance", of a request that ends now; empty when all is right.
    String check(Moment begun, String answer) {
        String[] words = answer.split(" ");
        if (words.length != 2) {
            return "nobody's answer: " + answer;
        }
        List<String> allowed;
        synchronized (this) {
            allowed = List.copyOf(versions.subList(begun.live(), versions.size()));
            if (begun.newest() == versions.size() - 1 && words[0].equals(versions.getLast())) {
                answered = true;
                notifyAll();
            }
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
