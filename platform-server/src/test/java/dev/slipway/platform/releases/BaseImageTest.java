package dev.slipway.platform.releases;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BaseImageTest {
    private static final String STAGES = """
            ARG VERSION=22
            FROM node:${VERSION} AS build
            RUN npm ci
            FROM --platform=linux/amd64 debian:bookworm-slim as base
            RUN apt-get update
            from base
            COPY --from=build /app /app
            """;

    @Test
    void theLastStageIsFollowedToTheImageItBeginsWith() {
        assertThat(BaseImage.of(STAGES, null)).contains("debian:bookworm-slim");
    }

    @Test
    void aNamedStageCountsInsteadOfTheLast() {
        assertThat(BaseImage.of(STAGES, "BUILD")).contains("node:${VERSION}");
    }

    @Test
    void aFileWithoutFromHasNone() {
        assertThat(BaseImage.of("# nothing\nRUN FROM here\n", null)).isEmpty();
    }
}
