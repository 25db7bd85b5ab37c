package dev.slipway.worker.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of moby/patternmatcher's own tests, as far as it concerns paths of `/`, and what `.dockerignore`
/// files bring besides.
class IgnoreRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "** | file | true",
                "** | file/ | true",
                "**/ | file | true",
                "**/ | file/ | true",
                "** | / | true",
                "** | dir/file | true",
                "**/ | dir/file | true",
                "**/** | dir/file | true",
                "dir/** | dir/file | true",
                "dir/** | dir/dir2/file | true",
                "**/dir | dir | true",
                "**/dir | dir/file | true",
                "**/dir2/* | dir/dir2/file | true",
                "**/dir2/* | dir/dir2/dir2/file | true",
                "**/dir2/** | dir/dir2/dir2/file | true",
                "**file | file | true",
                "**file | dir/file | true",
                "**/file | dir/file | true",
                "**file | dir/dir/file | true",
                "**/file* | dir/dir/file | true",
                "**/file* | dir/dir/file.txt | true",
                "**/file*txt | dir/dir/file.txt | true",
                "**/file*.txt* | dir/dir/file.txt | true",
                "**/**/*.txt | dir/dir/file.txt | true",
                "**/**/*.txt2 | dir/dir/file.txt | false",
                "**/*.txt | file.txt | true",
                "**/**/*.txt | file.txt | true",
                "a**/*.txt | a/file.txt | true",
                "a**/*.txt | a/dir/file.txt | true",
                "a**/*.txt | a/dir/dir/file.txt | true",
                "a/*.txt | a/dir/file.txt | false",
                "a/*.txt | a/file.txt | true",
                "a/*.txt** | a/file.txt | true",
                "a[b-d]e | ae | false",
                "a[b-d]e | ace | true",
                "a[b-d]e | aae | false",
                "a[^b-d]e | aze | true",
                ".* | .foo | true",
                ".* | foo | false",
                "abc.def | abcdef | false",
                "abc.def | abc.def | true",
                "abc.def | abcZdef | false",
                "abc?def | abcZdef | true",
                "abc?def | abcdef | false",
                "a\\\\ | a\\ | true",
                "**/foo/bar | foo/bar | true",
                "**/foo/bar | dir/foo/bar | true",
                "**/foo/bar | dir/dir2/foo/bar | true",
                "abc/** | abc | false",
                "abc/** | abc/def | true",
                "abc/** | abc/def/ghi | true",
                "**/.foo | .foo | true",
                "**/.foo | bar.foo | false",
                "a(b)c/def | a(b)c/def | true",
                "a(b)c/def | a(b)c/xyz | false",
                "a.¦)$(}+{bc | a.¦)$(}+{bc | true",
                "dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl"
                        + " | dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl | true",
                "dist/*.whl | dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl | true",
                "docs | docs/guide/intro.md | true",
                "/docs | docs/x | true",
                "./docs/ | docs/x | true",
                "docs/../src | src/x | true",
                "*.md | docs/x.md | false",
                "*/temp* | a/temporary.txt | true",
                "*/temp* | temporary.txt | false",
                "temp? | tempa | true",
                "temp? | temp | false",
                "a\\*b | a*b | true",
                "a\\*b | axb | false",
                "[a-c][0-9] | b7 | true",
                "[\\]] | ] | true",
                ". | x | false",
                "/ | x | false",
                "ünï* | ünïcode | true",
            })
    void aPatternMatchesAsInDocker(String pattern, String path, boolean ignored) {
        String file = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        assertThat(IgnoreRules.parse(pattern.replace('¦', '|')).ignores(file.replace('¦', '|')))
                .isEqualTo(ignored);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "*⏎!src | src/main.c | false",
                "*⏎!src⏎src/*.c | src/main.c | true",
                "*.md⏎!README*.md⏎README-secret.md | README-secret.md | true",
                "*.md⏎README-secret.md⏎!README*.md | README-secret.md | false",
                "docs⏎!docs/keep | docs/keep/x | false",
                "docs⏎!docs/keep | docs/other | true",
                "!docs⏎docs | docs/x | true",
                "node_modules⏎!**/keep.txt | node_modules/a/keep.txt | false",
                "# docs | # docs | false",
                "·# docs | # docs | true",
                "docs # no comment | docs | false",
                "\uFEFFdocs | docs/x | true",
                "docs␍⏎␍⏎src | src | true",
                "··docs· | docs | true",
                "! docs | docs | false",
                "docs⏎! /docs/a | docs/a | false",
            })
    void theLastPatternThatMatchesDecides(String file, String path, boolean ignored) {
        assertThat(IgnoreRules.parse(file.replace('⏎', '\n').replace('␍', '\r').replace('·', ' '))
                        .ignores(path))
                .isEqualTo(ignored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "a[", "a[]", "[a-", "[]a]", "[-]", "a\\", "!", "[b-a]"})
    void aMalformedPatternIsNamedWithItsLine(String pattern) {
        assertThatThrownBy(() -> IgnoreRules.parse("ok\n" + pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 2: ");
    }

    @Test
    void filesTheFrontEndNeedsCanBeSentAfterAll() {
        IgnoreRules rules = IgnoreRules.parse("*").sending("deploy/Dockerfile").sending(".dockerignore");
        assertThat(rules.ignores("deploy/Dockerfile")).isFalse();
        assertThat(rules.ignores(".dockerignore")).isFalse();
        assertThat(rules.ignores("deploy/other")).isTrue();
    }
}
