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

package io.activedataflow.flink.connector.e2e.quickstart;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class DeadLettersTest {

    private static final DeadLetter FIRST =
            new DeadLetter("file:/orders/a.csv", 2, "CAST in column customer", "1,somebody,\t");
    private static final DeadLetter SECOND =
            new DeadLetter("file:/orders/a.csv", 7, "STRUCTURE", "2,\"two\\ \n\r\nlines");
    private static final DeadLetter THIRD =
            new DeadLetter("file:/orders/b.csv", 2, "CAST in column order", "x");

    @TempDir private Path output;

    @Test
    void everyBrokenRecordADeadLetterIsExactlyOnce() throws IOException {
        commit("part-0", THIRD, FIRST);
        commit("part-1", SECOND);

        DeadLetters letters = DeadLetters.read(output, written(FIRST, SECOND, THIRD));

        assertThat(letters.verdict()).hasToString("in=3 out=3 lost=0 duplicated=0");
        assertThat(letters.verdict().isExactlyOnce()).isTrue();
        assertThat(letters.examples()).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    void lostDeadLetterIsCaught() throws IOException {
        commit("part-0", FIRST);
        commit(".part-1.inprogress.1", SECOND);

        assertVerdict(written(FIRST, SECOND), "in=2 out=1 lost=1 duplicated=0");
    }

    @Test
    void duplicatedDeadLetterIsCaught() throws IOException {
        commit("part-0", FIRST, SECOND);
        commit("part-1", SECOND);

        assertVerdict(written(FIRST, SECOND), "in=2 out=3 lost=0 duplicated=1");
    }

    @Test
    void deadLetterFromAnotherLineIsNoMatch() throws IOException {
        commit("part-0", new DeadLetter(FIRST.path(), 3, FIRST.error(), FIRST.text()));

        assertVerdict(written(FIRST), "in=1 out=1 lost=1 duplicated=1");
    }

    @Test
    void deadLetterWithOtherTextIsNoMatch() throws IOException {
        commit("part-0", new DeadLetter(FIRST.path(), 2, FIRST.error(), FIRST.text() + '\n'));

        assertVerdict(written(FIRST), "in=1 out=1 lost=1 duplicated=1");
    }

    @Test
    void oneOfEachKindIsAnExample() throws IOException {
        commit("part-0", new DeadLetter("file:/orders/c.csv", 1, FIRST.error(), "2,you,"), FIRST);

        assertThat(DeadLetters.read(output, written(FIRST)).examples()).containsExactly(FIRST);
    }

    @Test
    void otherOutputIsNoDeadLetter() throws IOException {
        Files.writeString(output.resolve("part-0"), "file:/orders/a.csv\t2\n");

        assertThatThrownBy(() -> DeadLetters.read(output, written(FIRST)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not a dead letter: ");
    }

    private void assertVerdict(Tally<BrokenRecord> written, String verdict) {
        Verdict found = DeadLetters.read(output, written).verdict();
        assertThat(found).hasToString(verdict);
        assertThat(found.isExactlyOnce()).isFalse();
    }

    private static Tally<BrokenRecord> written(DeadLetter... letters) {
        Tally<BrokenRecord> written = new Tally<>();
        List.of(letters).forEach(letter -> written.add(letter.broken()));
        return written;
    }

    private void commit(String file, DeadLetter... letters) throws IOException {
        Files.write(output.resolve(file), Stream.of(letters).map(DeadLetter::toString).toList());
    }
}
