package dev.slipway.worker.context;

import java.util.regex.Pattern;

/// One line of a `.dockerignore`, compiled as moby/patternmatcher does: `*` and `?` stop at `/`, `**` crosses
/// it, `[a-z]` are classes, `\` escapes. `exclusion` is a line with `!`: what it matches is sent after all.
record IgnorePattern(String text, boolean exclusion, Form form, Pattern regex) {
    /// Most patterns need no regular expression.
    enum Form {
        EXACT,
        PREFIX,
        SUFFIX,
        REGEX
    }

    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final String SPECIAL = ".+()|{}$^&~#-";

    /// @param cleaned the pattern by [SlashPath#clean], without its `!`
    /// @throws IllegalArgumentException when the pattern is malformed
    static IgnorePattern compile(String cleaned, boolean exclusion) {
        return new Translation(cleaned).compile(exclusion);
    }

    boolean matches(String path) {
        return switch (form) {
            case EXACT -> path.equals(text);
            case PREFIX -> path.startsWith(text.substring(0, text.length() - 2));
            case SUFFIX -> matchesSuffix(path, text.substring(2));
            case REGEX -> regex.matcher(path).matches();
        };
    }

    private static boolean matchesSuffix(String path, String suffix) {
        return path.endsWith(suffix) || suffix.startsWith("/") && path.equals(suffix.substring(1));
    }

    /// The walk over one pattern's characters.
    private static final class Translation {
        private final String pattern;
        private final StringBuilder regex = new StringBuilder();
        private Form form = Form.EXACT;
        private int at;

        Translation(String pattern) {
            this.pattern = pattern;
        }

        IgnorePattern compile(boolean exclusion) {
            while (at < pattern.length()) {
                char c = pattern.charAt(at++);
                switch (c) {
                    case '*' -> star();
                    case '?' -> general("[^/]");
                    case '[' -> characterClass();
                    case '\\' -> general(literal(next()));
                    default -> regex.append(literal(c));
                }
            }
            return new IgnorePattern(
                    pattern, exclusion, form, form == Form.REGEX ? Pattern.compile(regex.toString()) : NEVER);
        }

        private void star() {
            if (!peek('*')) {
                general("[^/]*");
                return;
            }
            boolean first = at == 1;
            at++;
            if (peek('/')) {
                at++;
            }
            if (at < pattern.length()) {
                general("(?:.*/)?");
            } else if (form == Form.EXACT) {
                form = Form.PREFIX;
                regex.append(".*");
            } else {
                general(".*");
            }
            if (first) {
                form = Form.SUFFIX;
            }
        }

        private void characterClass() {
            StringBuilder ranges = new StringBuilder(peek('^') ? "[^" : "[");
            if (peek('^')) {
                at++;
            }
            int begin = at;
            while (!peek(']') || at == begin) {
                ranges.append(classCharacter());
                if (peek('-')) {
                    at++;
                    ranges.append('-').append(classCharacter());
                }
            }
            at++;
            try {
                general(Pattern.compile(ranges.append(']').toString()).pattern());
            } catch (java.util.regex.PatternSyntaxException reversedRange) {
                throw malformed();
            }
        }

        private String classCharacter() {
            char c = next();
            if (c == '-' || c == ']') {
                throw malformed();
            }
            char member = c == '\\' ? next() : c;
            return Character.isLetterOrDigit(member) ? String.valueOf(member) : "\\" + member;
        }

        private void general(String part) {
            regex.append(part);
            form = Form.REGEX;
        }

        private boolean peek(char c) {
            return at < pattern.length() && pattern.charAt(at) == c;
        }

        private char next() {
            if (at >= pattern.length()) {
                throw malformed();
            }
            return pattern.charAt(at++);
        }

        private IllegalArgumentException malformed() {
            return new IllegalArgumentException("\"" + pattern + "\" isn't a well-formed pattern");
        }

        private static String literal(char c) {
            return SPECIAL.indexOf(c) >= 0 || "*?[]\\".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
        }
    }
}
