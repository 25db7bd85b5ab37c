package dev.slipway.worker.buildkit;

import dev.slipway.db.builds.BuildStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What `docker build` wrote for a Dockerfile: real outputs of Docker 20.10's BuildKit, and (`new-*`) the forms
/// of BuildKit 0.12 and later.
record CapturedOutput(String dockerfile, List<String> lines) {

    static CapturedOutput load(String name) {
        try (InputStream in = Objects.requireNonNull(CapturedOutput.class.getResourceAsStream(name + ".txt"), name)) {
            String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("=== output\n", 2);
            return new CapturedOutput(parts[0], List.of(parts[1].split("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The output as people see it.
    Seen seen(Map<String, String> buildArgs) {
        Seen seen = new Seen(buildArgs);
        lines.forEach(seen.output::accept);
        seen.output.finish();
        return seen;
    }

    static final class Seen implements BuildOutput.Sink {
        final List<String> log = new ArrayList<>();
        final Map<String, BuildStep.State> steps = new LinkedHashMap<>();
        final BuildOutput output;

        Seen(Map<String, String> buildArgs) {
            output = new BuildOutput(this, Mask.of(buildArgs, List.of()), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        }

        @Override
        public void line(String line) {
            log.add(line);
        }

        @Override
        public void step(BuildStep step) {
            steps.put(step.name(), step.state());
        }
    }
}
