package dev.slipway.worker.buildkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which instruction stands on which line of a Dockerfile: enough to say where a step came from, not a full
/// parser.
public final class DockerfileOutline {
    /// `line` counts from 1; `text` is the instruction with its continuation lines, as BuildKit shows it.
    private record Instruction(
            int line, int stage, @Nullable String stageName, String keyword, String text) {}

    private static final Pattern STEP =
            Pattern.compile("\\[(?:\\S+/\\S+ )?(?:(\\S+) )?(\\d{1,6})/(\\d{1,6})] (.*)", Pattern.DOTALL);
    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?");
    private static final Pattern NAMED_STAGE =
            Pattern.compile("(?i)FROM\\s+(?:--\\S+\\s+)*(\\S+)(?:\\s+AS\\s+(\\S+))?\\s*");
    private static final Pattern NAMES_IMAGES = Pattern.compile("(?i)^\\s*(?:FROM\\s|#\\s*syntax\\s*=|.*\\bfrom=)");
    private static final Pattern ESCAPE = Pattern.compile("(?i)#\\s*escape\\s*=\\s*(\\S)\\s*");

    private final List<String> lines;
    private final List<Instruction> instructions = new ArrayList<>();

    private DockerfileOutline(List<String> lines) {
        this.lines = lines;
    }

    public static DockerfileOutline parse(String dockerfile) {
        List<String> lines = List.of(dockerfile.split("\r?\n"));
        DockerfileOutline outline = new DockerfileOutline(lines);
        char escape = lines.stream()
                .takeWhile(line -> line.startsWith("#"))
                .map(ESCAPE::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1).charAt(0))
                .findFirst()
                .orElse('\\');
        int at = 0;
        while (at < lines.size()) {
            at = outline.instruction(lines, at, escape);
        }
        return outline;
    }

    private int instruction(List<String> lines, int first, char escape) {
        if (isBlankOrComment(lines.get(first))) {
            return first + 1;
        }
        StringBuilder text = new StringBuilder();
        int at = first;
        boolean more = true;
        while (more && at < lines.size()) {
            String line = lines.get(at++);
            if (at > first + 1 && isBlankOrComment(line)) {
                continue;
            }
            String trimmed = line.stripTrailing();
            more = !trimmed.isEmpty() && trimmed.charAt(trimmed.length() - 1) == escape;
            text.append(more ? trimmed.substring(0, trimmed.length() - 1) : line);
        }
        add(first + 1, text.toString().strip());
        return afterHeredocs(lines, at, text.toString());
    }

    private static int afterHeredocs(List<String> lines, int from, String text) {
        int at = from;
        Matcher heredoc = HEREDOC.matcher(text);
        while (heredoc.find()) {
            int end = at;
            while (end < lines.size() && !lines.get(end).strip().equals(heredoc.group(1))) {
                end++;
            }
            at = end < lines.size() ? end + 1 : at;
        }
        return at;
    }

    private static boolean isBlankOrComment(String line) {
        String stripped = line.strip();
        return stripped.isEmpty() || stripped.startsWith("#");
    }

    private void add(int line, String text) {
        String keyword = text.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
        Instruction last = instructions.isEmpty() ? null : instructions.getLast();
        int stage = last == null ? -1 : last.stage();
        String name = last == null ? null : last.stageName();
        if (keyword.equals("FROM")) {
            stage++;
            Matcher from = NAMED_STAGE.matcher(text);
            name = from.matches() && from.group(2) != null ? from.group(2).toLowerCase(Locale.ROOT) : null;
        }
        instructions.add(new Instruction(line, stage, name, keyword, text));
    }

    /// The line of a step by the name that BuildKit gives it (`[build 2/4] RUN npm ci`): by its place in its
    /// stage, else by its text.
    public OptionalInt lineOf(String stepName) {
        Matcher step = STEP.matcher(stepName);
        if (!step.matches()) {
            return OptionalInt.empty();
        }
        String text = step.group(4);
        return byPlace(step.group(1), Integer.parseInt(step.group(2)), Integer.parseInt(step.group(3)), text)
                .or(() -> byText(text))
                .map(instruction -> OptionalInt.of(instruction.line()))
                .orElseGet(OptionalInt::empty);
    }

    private Optional<Instruction> byPlace(@Nullable String stage, int place, int total, String text) {
        List<Instruction> steps = instructions.stream()
                .filter(i -> isInStage(i, stage) && isStep(i))
                .toList();
        if (steps.size() != total || place < 1 || place > total) {
            return Optional.empty();
        }
        Instruction instruction = steps.get(place - 1);
        return text.toUpperCase(Locale.ROOT).startsWith(instruction.keyword())
                ? Optional.of(instruction)
                : Optional.empty();
    }

    private boolean isInStage(Instruction instruction, @Nullable String stage) {
        if (stage == null) {
            return instructions.getLast().stage() == instruction.stage();
        }
        return stage.equals(instruction.stageName()) || stage.equals("stage-" + instruction.stage());
    }

    /// BuildKit counts what can make a layer, and FROM when it names an image of a registry.
    private boolean isStep(Instruction instruction) {
        return switch (instruction.keyword()) {
            case "RUN", "COPY", "ADD", "WORKDIR" -> true;
            case "FROM" -> {
                Matcher from = NAMED_STAGE.matcher(instruction.text());
                yield !from.matches()
                        || !from.group(1).equals("scratch")
                                && instructions.stream()
                                        .noneMatch(other -> other.stage() < instruction.stage()
                                                && Objects.equals(
                                                        other.stageName(),
                                                        from.group(1).toLowerCase(Locale.ROOT)));
            }
            default -> false;
        };
    }

    private Optional<Instruction> byText(String text) {
        String wanted = spaces(text);
        return instructions.stream()
                .filter(instruction -> spaces(instruction.text()).equals(wanted))
                .findFirst();
    }

    /// The line that names an image: in a FROM, a `COPY --from`, a mount or the syntax directive.
    ///
    /// @param image as people write it, without the default registry
    public OptionalInt lineNaming(String image) {
        Pattern name =
                Pattern.compile("(?<![\\w./-])(?:docker\\.io/)?(?:library/)?" + Pattern.quote(image) + "(?![\\w./-])");
        return IntStream.rangeClosed(1, lines.size())
                .filter(line -> NAMES_IMAGES.matcher(lines.get(line - 1)).find()
                        && name.matcher(lines.get(line - 1)).find())
                .findFirst();
    }

    private static String spaces(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
