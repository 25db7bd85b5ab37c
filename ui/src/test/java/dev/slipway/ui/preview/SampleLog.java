package dev.slipway.ui.preview;

import java.util.ArrayList;
import java.util.List;

/// Log lines with the colours and characters that real tools print.
public final class SampleLog {
    private SampleLog() {}

    public static List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        lines.add("#1 [internal] load build definition from Dockerfile");
        lines.add("#1 DONE 0.1s");
        lines.add("#7 [4/6] RUN npm ci --omit=dev");
        for (int i = lines.size(); i < count; i++) {
            lines.add(line(i));
        }
        return List.copyOf(lines);
    }

    public static String line(int i) {
        return switch (i % 9) {
            case 0 ->
                "\u001b[32m✔\u001b[0m compiled \u001b[1msrc/module-" + i + ".ts\u001b[22m in \u001b[36m" + i % 97
                        + " ms\u001b[39m";
            case 1 -> "npm \u001b[33mwarn\u001b[0m deprecated inflight@1.0." + i + ": This module is not supported";
            case 2 -> "#7 " + i / 10.0 + " added " + i + " packages, and audited " + (i + 1) + " packages";
            case 3 ->
                "\u001b[38;5;208m256 colours\u001b[0m and \u001b[38;2;120;180;255mtrue colour\u001b[0m, \u001b[7minverse\u001b[0m, \u001b[4munderlined\u001b[0m";
            case 4 -> "<script>alert('a log line is text')</script> & <b>not</b> HTML";
            case 5 -> "\u001b[2mdim: GET https://registry.example/pkg-" + i + " 200 12ms\u001b[0m";
            case 6 -> "";
            case 7 ->
                "    at Object.<anonymous> (/app/src/very/deep/directory/that/has/a/long/name/module-" + i
                        + ".ts:12:34)";
            default -> "[" + i + "] Lorem-free output of a build tool, line " + i;
        };
    }

    public static List<String> failure() {
        return List.of(
                "npm \u001b[31merror\u001b[0m code ENOTFOUND",
                "npm \u001b[31merror\u001b[0m network request to https://registry.example/left-pad failed",
                "npm \u001b[31merror\u001b[0m A complete log of this run can be found in: /root/.npm/_logs",
                "\u001b[1;31mERROR:\u001b[0m process \"/bin/sh -c npm ci --omit=dev\" did not complete successfully: exit code: 1");
    }
}
