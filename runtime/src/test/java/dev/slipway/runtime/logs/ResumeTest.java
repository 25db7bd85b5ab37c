package dev.slipway.runtime.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.runtime.engine.Output;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResumeTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static LineJoiner.Line line(Output.Stream stream, Instant at) {
        return new LineJoiner.Line(stream, at, "", 0);
    }

    private static LineJoiner.Line out(Instant at) {
        return line(Output.Stream.STDOUT, at);
    }

    @Test
    void linesOfTheSameTimeAreCounted() {
        Resume resume = new Resume(new Mark(NOON, 2), Mark.NONE);
        assertThat(resume.isNew(out(NOON.minusNanos(1)))).isFalse();
        assertThat(resume.isNew(out(NOON))).isFalse();
        assertThat(resume.isNew(out(NOON))).isFalse();
        assertThat(resume.isNew(out(NOON))).isTrue();
    }

    @Test
    void eachStreamHasItsOwnEnd() {
        Resume resume = new Resume(new Mark(NOON, 1), new Mark(NOON.minusSeconds(60), 1));
        assertThat(resume.isNew(line(Output.Stream.STDERR, NOON.minusNanos(1)))).isTrue();
        assertThat(resume.isNew(out(NOON.minusNanos(1)))).isFalse();
    }

    @Test
    void onceSomethingIsNewAClockThatGoesBackLosesNothing() {
        Resume resume = new Resume(new Mark(NOON, 1), Mark.NONE);
        assertThat(resume.isNew(out(NOON.plusSeconds(1)))).isTrue();
        assertThat(resume.isNew(out(NOON.minusSeconds(100)))).isTrue();
    }

    @Test
    void everythingIsNewWhenNothingWasKept() {
        assertThat(new Resume(Mark.NONE, Mark.NONE).isNew(out(Instant.EPOCH))).isTrue();
    }
}
