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

package io.activedataflow.flink.connector.amps.standin;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Where replays start and end. The log: 1|1 2|1 1|2 2|5 1|MAX at positions 1 to 5, one second apart
 * from 2024-01-02 03:04:05 on.
 */
@Timeout(10)
class BookmarkResolverTest {

    private static final long START = 1_704_164_645_000_000L;
    private static final String MAX = "18446744073709551615";

    private final TransactionLog log = new TransactionLog();

    @BeforeEach
    void fill() {
        append(1, 1, START);
        append(2, 1, START + 1_000_000);
        append(1, 2, START + 2_000_000);
        append(2, 5, START + 3_000_000);
        append(1, -1, START + 4_000_000);
    }

    private void append(long publisher, long sequence, long micros) {
        assertThat(log.advance(publisher, sequence)).isTrue();
        log.append(
                new Publication(publisher, sequence, "T", Body.of(new byte[0]), null, null),
                micros);
    }

    private ReplayRange resolve(String text) throws Rejected {
        return resolve(text, BookmarkResolver.NotFound.FAIL);
    }

    private ReplayRange resolve(String text, BookmarkResolver.NotFound notFound) throws Rejected {
        return new BookmarkResolver(log, notFound, "txn replay failed").resolve(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0; 1",
                "1|1|; 2",
                "1|1; 2",
                "2|5|; 5",
                "1|" + MAX + "|; 6",
                // The earliest of those that are found.
                "2|5|,1|2|; 4",
                "9|9|,2|1|; 3",
                "0|1|,1|2|; 4",
                // The first message of that time or later.
                "20240102T030405; 1",
                "20240102T030406Z; 2",
                "20240102T030406.000001Z; 3",
                "20230102T030406Z; 1",
                "20250102T030406Z; 6"
            })
    void startsBehindAPlainBookmark(String text, long position) throws Exception {
        ReplayRange range = resolve(text);

        assertThat(range.firstPosition()).isEqualTo(position);
        assertThat(range.fromNow()).isFalse();
        assertThat(range.end().isOpen()).isTrue();
    }

    @Test
    void nowIsBehindTheLog() throws Exception {
        ReplayRange range = resolve("0|1|");

        assertThat(range.firstPosition()).isEqualTo(6);
        assertThat(range.fromNow()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[1|1|:2|5|]; 1; 4",
                "[1|1|:2|5|); 1; 3",
                "(1|1|:2|5|]; 2; 4",
                "(1|1|:2|5|); 2; 3",
                // Earliest start, latest end.
                "(1|2|,2|1|:1|2|,2|5|]; 3; 4",
                "[0:0|1|]; 1; 5",
                "[0:0|1|); 1; 4",
                "[0|1|:1|" + MAX + "|]; 5; 5",
                "(0:9|9|,1|2|]; 1; 5"
            })
    void rangesEndWhereTheirBracketsSay(String text, long first, long last) throws Exception {
        ReplayRange range = resolve(text);

        assertThat(range.firstPosition()).isEqualTo(first);
        assertThat(lastOf(range)).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[20240102T030406:20240102T030408]; 2; 4",
                "[20240102T030406:20240102T030408); 2; 3",
                "(20240102T030406:20240102T030408]; 3; 4",
                "(20240102T030406:20240102T030408); 3; 3",
                "[20240102T030406:20990102T030408); 2; 5"
            })
    void timesAreBoundsLikeBookmarks(String text, long first, long last) throws Exception {
        ReplayRange range = resolve(text);

        assertThat(range.firstPosition()).isEqualTo(first);
        assertThat(lastOf(range)).isEqualTo(last);
    }

    /** The last position of the log that is in the range. */
    private long lastOf(ReplayRange range) {
        LogSegment segment = log.segmentOf(1);
        long last = range.firstPosition() - 1;
        while (last < log.lastPosition()
                && !range.end().hasPassed(last + 1)
                && !range.end().isBefore(segment, (int) last)) {
            last++;
        }
        return last;
    }

    @Test
    void endThatIsStillToComeIsAwaited() throws Exception {
        ReplayRange range = resolve("[0:2|7|)");

        assertThat(lastOf(range)).isEqualTo(5);
        append(1 + 2, 1, START + 5_000_000);
        append(2, 7, START + 6_000_000);
        assertThat(lastOf(range)).isEqualTo(6);
        assertThat(range.end().hasPassed(7)).isTrue();
    }

    @Test
    void endThatHasBeenPrunedIsInThePast() throws Exception {
        log.pruneBefore(4);

        assertThat(lastOf(resolve("[0:1|1|]"))).isEqualTo(3);
        assertThat(lastOf(resolve("[0:2|1|]"))).isEqualTo(3);
    }

    @Test
    void unknownStartIsAnsweredAsAskedFor() throws Exception {
        assertThat(resolve("9|9|", BookmarkResolver.NotFound.NOW).fromNow()).isTrue();
        assertThat(resolve("9|9|", BookmarkResolver.NotFound.NOW).firstPosition()).isEqualTo(6);
        log.pruneBefore(3);
        assertThat(resolve("1|1|", BookmarkResolver.NotFound.EPOCH).firstPosition()).isEqualTo(3);
        assertThatThrownBy(() -> resolve("1|1|,9|9|"))
                .isInstanceOf(Rejected.class)
                .hasMessage("txn replay failed");
        // One known entry is enough, also if the others were pruned.
        assertThat(resolve("1|1|,2|5|").firstPosition()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "recent",
                "1|x|",
                "|1|",
                "[1|1|:]",
                "[:1|1|]",
                "[1|1|]",
                "[1|1|:2|5|",
                "(0:0]",
                "20240102T990406",
                "20240102T030405,1|1|",
                "1|99999999999999999999|"
            })
    void whatIsNoBookmarkIsRejected(String text) {
        assertThatThrownBy(() -> resolve(text))
                .isInstanceOf(Rejected.class)
                .hasMessage("invalid bookmark");
    }
}
