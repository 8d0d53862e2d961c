/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.recordfile.source.selection;

import org.apache.flink.core.fs.Path;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.FileSystems;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What patterns match, and where they are followed from. */
@Timeout(60)
class GlobsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            textBlock =
                    """
                    /d/*.csv              | /d/a.csv          | true
                    /d/*.csv              | /d/.csv           | true
                    /d/*.csv              | /d/a.csv.gz       | false
                    /d/*.csv              | /d/x/a.csv        | false
                    /d/*                  | /d/x/a.csv        | false
                    /d/*/*                | /d/x/a.csv        | true
                    /d/?.csv              | /d/a.csv          | true
                    /d/?.csv              | /d/ab.csv         | false
                    /d/?.csv              | /d/ä.csv          | true
                    /d/?.csv              | /d/😀.csv         | true
                    /d/[ab].csv           | /d/b.csv          | true
                    /d/[a-c]x             | /d/bx             | true
                    /d/[!a-c]x            | /d/bx             | false
                    /d/[^a-c]x            | /d/dx             | true
                    /d/[!a]x/y            | /d/b/x/y          | false
                    /d/[]]                | /d/]              | true
                    /d/[a\\]]             | /d/]              | true
                    /d/[a-]               | /d/-              | true
                    /d/[&&b]              | /d/&              | true
                    /d/{a,b}.csv          | /d/b.csv          | true
                    /d/{a,b}.csv          | /d/c.csv          | false
                    /d/{a,b*}.csv         | /d/bcd.csv        | true
                    /d/{a,{b,c}d}         | /d/cd             | true
                    /d/{a,}x              | /d/x              | true
                    /d/{x/y,z}/f          | /d/x/y/f          | true
                    /d/{x/y,z}/f          | /d/z/f            | true
                    /d/{x/y,z}/f          | /d/x/f            | false
                    /d/**/f               | /d/f              | true
                    /d/**/f               | /d/a/b/c/f        | true
                    /d/**/f               | /d/a/b/c/g        | false
                    /d/**                 | /d/f              | true
                    /d/**                 | /d/a/b/f          | true
                    /d/**/x/**/*.csv      | /d/x/a.csv        | true
                    /d/**/x/**/*.csv      | /d/a/x/b/c/a.csv  | true
                    /d/**/x/**/*.csv      | /d/a/b/c/a.csv    | false
                    /d/**/x/x/f           | /d/x/x/x/f        | true
                    /d/**/**/f            | /d/f              | true
                    /d/a*b*c              | /d/axxbxxbc       | true
                    /d/a.c*               | /d/abc            | false
                    /d/a\\*b              | /d/a*b            | true
                    /d/a\\*b              | /d/axb            | false
                    /d/*,*                | /d/a,b            | true
                    /d/*}                 | /d/a}             | true
                    /d/(*)|/d/(a)|true
                    """)
    void patternsMatchWholePaths(String pattern, String path, boolean matches) {
        assertThat(matches(pattern, path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "/data/orders/*.csv, /data/orders",
        "/data/or*/x/*.csv, /data",
        "/data/**, /data",
        "*.csv, .",
        "in/*.csv, in",
        "s3://bucket/in/2024-*/x, s3://bucket/in",
        "s3://bucket/*, s3://bucket/",
        "hdfs://[::1]:9000/in/*, 'hdfs://[::1]:9000/in'",
        "/a\\*b/*, /a*b",
    })
    void aPatternIsFollowedFromItsFirstPartThatIsNotLiteral(String pattern, String base) {
        assertThat(Globs.parse(pattern, true))
                .extracting(SelectedRoot::base)
                .containsExactly(new Path(base));
    }

    @Test
    void bracesWithSlashesBecomeSeveralRoots() {
        assertThat(Globs.parse("/d/{a/x,b/{y,z/*}}", true))
                .extracting(SelectedRoot::toString)
                .containsExactly("/d/a/x", "/d/b/y", "/d/b/z/*");
    }

    @Test
    void whatIsLiteralIsAFileOrDirectory() {
        assertThat(Globs.parse("/d/x", true)).containsExactly(new TreeRoot(new Path("/d/x"), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/d/[a", "/d/{a", "/d/a**", "/d/***", "/d/*\\", "/d/[z-a]", "/d/[]"})
    void malformedPatternsAreRefused(String pattern) {
        assertThatThrownBy(() -> Globs.parse(pattern, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pattern);
    }

    @Property(tries = 3000)
    void agreesWithThePlatformOnWhatBothMeanTheSame(
            @ForAll("patterns") String pattern, @ForAll("paths") String path) {
        boolean expected =
                FileSystems.getDefault()
                        .getPathMatcher("glob:/d/" + pattern)
                        .matches(java.nio.file.Path.of("/d/" + path));
        assertThat(matches("/d/" + pattern, "/d/" + path)).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "*", "?", "[ab]", "[!a]", "{a,b}", "{ab,a*}", ".", "x", "/")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts).replaceAll("\\*+", "*"))
                // The platform keeps empty names and slashes at the ends.
                .map(text -> text.replaceAll("/+", "/").replaceAll("^/|/$", ""))
                // The platform keeps "." as a name, and does not take it out of patterns.
                .filter(text -> !List.of(text.split("/")).contains("."))
                .filter(text -> !List.of(text.split("/")).contains(".."))
                // What is literal is a directory to us.
                .filter(text -> text.matches("(?s).*[*?\\[{].*"));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "b", "ab", "abx", "x", ".", "aab", "c")
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(names -> String.join("/", names))
                .filter(path -> !List.of(path.split("/")).contains("."));
    }

    private static boolean matches(String pattern, String path) {
        return Globs.parse(pattern, true).stream().anyMatch(root -> matches(root, path));
    }

    /** Walks down as the lister does. */
    private static boolean matches(SelectedRoot root, String path) {
        String base = root.base().toString();
        if (path.equals(base)) {
            return root.selectsBase();
        }
        if (!path.startsWith(base + '/')) {
            return false;
        }
        String[] names = path.substring(base.length() + 1).split("/");
        DirectoryMatcher directory = root.matcher();
        for (int i = 0; i < names.length - 1 && directory != null; i++) {
            directory = directory.enter(names[i]);
        }
        return directory != null && directory.selects(names[names.length - 1]);
    }

    @Property
    void aRegularExpressionIsFollowedWhereverItCanMatch(@ForAll("paths") String path) {
        for (String regex : List.of("a/.*", "(a|b)/x", ".*/ab", "[^/]+/b/.+", "a(b/?)*x")) {
            RegexRoot root = new RegexRoot(new Path("/d"), Pattern.compile(regex), true);
            assertThat(matches(root, "/d/" + path))
                    .as("%s in %s", path, regex)
                    .isEqualTo(path.matches(regex));
        }
    }

    @Test
    void aRegularExpressionIsNotFollowedWhereItCannotMatch() {
        DirectoryMatcher root =
                new RegexRoot(new Path("/d"), Pattern.compile("(eu|us)/.*\\.csv"), true).matcher();
        assertThat(root.enter("asia")).isNull();
        assertThat(root.enter("eu").enter("2024").selects("x.csv")).isTrue();
    }
}
