package dev.slipway.worker.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.db.builds.BuildOutcome;
import dev.slipway.db.builds.BuildReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '~',
            value = {
                "failing-run       | STEP_FAILED | 6 | 7 | RUN echo one && echo two && sh -c \"exit 7\" (Dockerfile line 6) exited with 7. Last lines:⏎one⏎two",
                "multi-stage       | STEP_FAILED | 12 | 5 | RUN echo testing && exit 5 (Dockerfile line 12) exited with 5. Last line: testing",
                "command-not-found | STEP_FAILED | 4 | 127 | RUN --mount=type=cache,target=/c nosuchcmd (Dockerfile line 4) exited with 127."
                        + " Its command wasn't found in the image. Last line: /bin/sh: nosuchcmd: not found",
                "no-shell          | STEP_FAILED | 3 | 1 | RUN echo hi (Dockerfile line 3) exited with 1. Last line: runc run failed:"
                        + " unable to start container process: exec: \"/bin/sh\": stat /bin/sh: no such file or directory",
                "killed            | OUT_OF_MEMORY | 4 | 137 | RUN exit 137 (Dockerfile line 4) exited with 137."
                        + " It was killed, most likely because it used more memory than a build's command may (SLIPWAY_BUILD_MEMORY_MB).",
                "no-such-user      | STEP_FAILED | 4 | - | RUN [\"/bin/busybox\", \"true\"] (Dockerfile line 4) failed: executor failed running"
                        + " [/bin/busybox true]: unable to find user nosuch: invalid argument.",
                "copy-missing      | STEP_FAILED | 4 | - | COPY missing.txt /x (Dockerfile line 4) found no \"missing.txt\" in the build context."
                        + " Is it committed, and not kept out by .dockerignore?",
                "syntax-error      | DOCKERFILE_INVALID | 4 | - | Dockerfile line 4: unknown instruction: RUNX. Correct it and push again.",
                "unknown-target    | DOCKERFILE_INVALID | - | - | Dockerfile: target stage nosuch could not be found.",
                "empty             | DOCKERFILE_INVALID | - | - | Dockerfile: the Dockerfile cannot be empty.",
                "expose            | DOCKERFILE_INVALID | - | - | Dockerfile: Invalid containerPort: abc.",
                "base-image        | BASE_IMAGE_UNAVAILABLE | 1 | - | The image nosuch/image:1.2 (Dockerfile line 1) can't be had: its registry can't be reached."
                        + " The engine said: failed to do request: Head \"https://registry-1.docker.io/v2/nosuch/image/manifests/1.2\":"
                        + " dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: no such host",
                "copy-from-unknown | BASE_IMAGE_UNAVAILABLE | 4 | - | The image builder (Dockerfile line 4) can't be had: its registry can't be reached."
                        + " The engine said: failed to do request: Head \"https://registry-1.docker.io/v2/library/builder/manifests/latest\":"
                        + " dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: no such host",
                "syntax-image      | BASE_IMAGE_UNAVAILABLE | 1 | - | The image docker/dockerfile:1 (Dockerfile line 1) can't be had: its registry can't be reached."
                        + " The engine said: failed to do request: Head \"https://registry-1.docker.io/v2/docker/dockerfile/manifests/1\":"
                        + " dial tcp: lookup registry-1.docker.io on 127.0.0.53:53: no such host",
                "new-failing-run   | STEP_FAILED | 4 | 1 | RUN npm ci (Dockerfile line 4) exited with 1. Last lines:⏎npm error code EUSAGE"
                        + "⏎npm error The `npm ci` command can only install with an existing package-lock.json",
                "new-syntax-error  | DOCKERFILE_INVALID | 2 | - | Dockerfile line 2: unknown instruction: RUNX (did you mean RUN?). Correct it and push again.",
                "new-copy-missing  | STEP_FAILED | 2 | - | COPY missing.txt /x (Dockerfile line 2) found no \"missing.txt\" in the build context."
                        + " Is it committed, and not kept out by .dockerignore?",
                "new-unknown-target | DOCKERFILE_INVALID | - | - | Dockerfile: target stage \"nosuch\" could not be found.",
                "new-base-image    | BASE_IMAGE_UNAVAILABLE | 2 | - | The image acme/base:9 (Dockerfile line 2) can't be had: it doesn't exist, or its registry wants a log-in."
                        + " The engine said: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
                "new-no-such-tag   | BASE_IMAGE_UNAVAILABLE | 1 | - | The image debian:nosuch (Dockerfile line 1) can't be had: there is no such image or tag."
                        + " The engine said: docker.io/library/debian:nosuch: not found",
            })
    void theUsersFailuresSayWhatFailedWhereAndWhy(
            String output, BuildReason reason, @Nullable Integer line, @Nullable Integer exitCode, String message) {
        assertThat(diagnose(output))
                .isEqualTo(new BuildOutcome.Failed(reason, message.replace('⏎', '\n'), line, exitCode));
    }

    @ParameterizedTest
    @CsvSource({
        "engine-down, ENGINE_UNAVAILABLE",
        "engine-dies, ENGINE_UNAVAILABLE",
        "network-broken, ENGINE_UNAVAILABLE",
        "disk-full-in-run, DISK_FULL",
        "disk-full-in-context, DISK_FULL",
    })
    void ourOwnFailuresAreErrorsToBeTriedAgain(String output, BuildReason reason) {
        assertThat(diagnose(output)).isInstanceOfSatisfying(BuildOutcome.Errored.class, errored -> {
            assertThat(errored.reason()).isEqualTo(reason);
            assertThat(errored.retry()).isTrue();
        });
    }

    private static BuildOutcome diagnose(String name) {
        CapturedOutput captured = CapturedOutput.load(name);
        BuildOutput output = captured.seen(Map.of()).output;
        return Diagnosis.of(new Diagnosis.Evidence(
                1,
                output.failedStep(),
                output.remarks(),
                "Dockerfile",
                DockerfileOutline.parse(captured.dockerfile())));
    }
}
