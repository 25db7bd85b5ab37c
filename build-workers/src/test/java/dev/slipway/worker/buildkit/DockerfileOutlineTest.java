package dev.slipway.worker.buildkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerfileOutlineTest {
    private static final DockerfileOutline OUTLINE = DockerfileOutline.parse("""
            # syntax=docker/dockerfile:1
            ARG V=1
            FROM --platform=linux/amd64 node:$V AS Build
            WORKDIR /app

            COPY package.json .
            RUN npm ci \\
              # why
              --omit=dev \\

              --silent
            ENV A=b
            RUN <<EOF
            RUN not an instruction
            EOF
            FROM scratch
            COPY --from=build /app /app
            FROM build
            run echo last
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[build 1/5] FROM docker.io/library/node:1 | 3",
                "[build 2/5] WORKDIR /app | 4",
                "[build 3/5] COPY package.json . | 6",
                "[build 4/5] RUN npm ci   --omit=dev   --silent | 7",
                "[build 5/5] RUN <<EOF (RUN not an instruction) | 13",
                "[stage-1 1/1] COPY --from=build /app /app | 17",
                "[stage-2 1/1] run echo last | 19",
                "[1/1] RUN echo last | 19",
                "[linux/amd64 build 2/5] WORKDIR /app | 4",
            })
    void aStepIsFoundByItsPlaceInItsStage(String step, int line) {
        assertThat(OUTLINE.lineOf(step)).hasValue(line);
    }

    @Test
    void aStepIsFoundByItsTextWhenTheBaseImageAddedSteps() {
        assertThat(OUTLINE.lineOf("[build 5/9] COPY package.json .")).hasValue(6);
        assertThat(OUTLINE.lineOf("[build 2/9] ONBUILD RUN x")).isEmpty();
        assertThat(OUTLINE.lineOf("exporting to image")).isEmpty();
    }

    @Test
    void otherEscapesAndOddFilesAreNoTrouble() {
        assertThat(DockerfileOutline.parse("# escape=`\nFROM a\nRUN b `\n c\nRUN d")
                        .lineOf("[3/3] RUN d"))
                .hasValue(5);
        assertThat(DockerfileOutline.parse("").lineOf("[1/1] RUN x")).isEmpty();
        assertThat(DockerfileOutline.parse("RUN x \\").lineOf("[1/1] RUN x")).hasValue(1);
    }
}
