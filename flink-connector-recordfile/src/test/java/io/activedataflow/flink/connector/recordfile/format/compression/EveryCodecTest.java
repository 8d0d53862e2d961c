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

package io.activedataflow.flink.connector.recordfile.format.compression;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.ExponentialBackoff;
import io.activedataflow.flink.connector.recordfile.client.FileInput;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.client.ReadAbortedException;
import io.activedataflow.flink.connector.recordfile.client.UnreadableFileException;
import io.activedataflow.flink.connector.recordfile.testing.Compressor;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;
import io.activedataflow.flink.connector.recordfile.testing.MemoryFileInput;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What holds for every codec: files of several members, from every place, with every fault. */
@Timeout(300)
class EveryCodecTest {

    private static final byte[] FIRST = Contents.lines(500, 1);
    private static final byte[] SECOND = Contents.lines(1, 2);
    private static final byte[] THIRD = Contents.random(300, 3);
    private static final byte[] EMPTY = {};
    private static final byte[] CONTENT = Contents.joined(FIRST, SECOND, EMPTY, THIRD);

    @TempDir Path directory;

    private record Place(long memberOffset, long offsetInMember) {}

    @ParameterizedTest
    @EnumSource
    void allMembersAreRead(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);

        assertThat(Contents.read(compressor.fileName(), stored)).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @EnumSource
    void largeMembersAreRead(Compressor compressor) throws IOException {
        byte[] lines = Contents.lines(500_000, 1);
        byte[] noise = Contents.random(200_000, 2);
        byte[] zeros = new byte[300_000];
        byte[] stored = compressor.compress(lines, noise, zeros);

        assertThat(Contents.read(compressor.fileName(), stored))
                .isEqualTo(Contents.joined(lines, noise, zeros));
    }

    @ParameterizedTest
    @EnumSource
    void contentDecidesWhereTheNameSaysNothing(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);

        assertThat(Contents.read("data.csv", stored)).isEqualTo(CONTENT);
        assertThat(ByteInputs.detect(new MemoryFileInput("data.csv", stored, 1), Compression.AUTO))
                .isEqualTo(compressor.compression());
    }

    @ParameterizedTest
    @EnumSource
    void emptyMembersHaveNoContent(Compressor compressor) throws IOException {
        assertThat(Contents.read(compressor.fileName(), compressor.compress(EMPTY))).isEmpty();
        assertThat(Contents.read(compressor.fileName(), compressor.compress(EMPTY, EMPTY, FIRST)))
                .isEqualTo(FIRST);
    }

    @ParameterizedTest
    @EnumSource
    void emptyFileIsEmptyWhateverItIsCalled(Compressor compressor) throws IOException {
        assertThat(Contents.read(compressor.fileName(), EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void readsOfAnyLengthFromFilesThatGiveByteByByte(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);
        for (int length : new int[] {1, 2, 3, 64, 499, 500, 501, 10_000}) {
            try (ByteInput input =
                    ByteInputs.open(
                            new MemoryFileInput(compressor.fileName(), stored, 1),
                            Compression.AUTO,
                            0,
                            0)) {
                assertThat(readInPiecesOf(input, length)).isEqualTo(CONTENT);
                assertThat(input.storedPosition()).isEqualTo(stored.length);
                assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void membersBeginWhereTheyBegin(Compressor compressor) throws IOException {
        Set<Long> expected = new LinkedHashSet<>();
        long[] starts = starts(compressor);
        expected.add(starts[0]);
        expected.add(starts[1]);
        expected.add(starts[3]);

        Set<Long> actual = new LinkedHashSet<>();
        try (ByteInput input = Contents.open(compressor.fileName(), severalMembers(compressor))) {
            byte[] buffer = new byte[7];
            for (int n = input.read(buffer, 0, 7); n > 0; n = input.read(buffer, 0, 7)) {
                actual.add(input.memberOffset());
            }
        }
        assertThat(actual).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void oneReadLiesInOneMember(Compressor compressor) throws IOException {
        try (ByteInput input = Contents.open(compressor.fileName(), severalMembers(compressor))) {
            byte[] buffer = new byte[10_000];
            long before = 0;
            long member = -1;
            for (int n = input.read(buffer, 0, 10_000); n > 0; n = input.read(buffer, 0, 10_000)) {
                before = input.memberOffset() == member ? before : 0;
                member = input.memberOffset();
                before += n;
                assertThat(input.offsetInMember()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPlaceCanBeReturnedTo(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);
        List<Place> places = new ArrayList<>();
        try (ByteInput input = Contents.open(compressor.fileName(), stored)) {
            for (int i = 0; i <= CONTENT.length; i++) {
                places.add(new Place(input.memberOffset(), input.offsetInMember()));
                input.read(new byte[1], 0, 1);
            }
        }
        for (int i = 0; i <= CONTENT.length; i++) {
            Place place = places.get(i);
            ByteInput input =
                    Contents.open(
                            compressor.fileName(),
                            stored,
                            place.memberOffset,
                            place.offsetInMember);
            assertThat(Contents.readAll(input))
                    .as("from byte %d, which is %s", i, place)
                    .isEqualTo(Arrays.copyOfRange(CONTENT, i, CONTENT.length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyPlaceOfAReadCanBeReturnedToFromItsMember(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);
        int before = 0;
        try (ByteInput input = Contents.open(compressor.fileName(), stored)) {
            byte[] buffer = new byte[200];
            for (int n = input.read(buffer, 0, 200); n > 0; n = input.read(buffer, 0, 200)) {
                for (int i = 0; i < n; i++) {
                    ByteInput again =
                            Contents.open(
                                    compressor.fileName(),
                                    stored,
                                    input.memberOffset(),
                                    input.offsetInMember() - n + i);
                    assertThat(Contents.readAll(again))
                            .isEqualTo(Arrays.copyOfRange(CONTENT, before + i, CONTENT.length));
                }
                before += n;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void placeBehindTheEndIsRefused(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);

        assertThatThrownBy(
                        () -> Contents.open(compressor.fileName(), stored, 0, CONTENT.length + 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its content ends 1 bytes before");
    }

    @ParameterizedTest
    @EnumSource
    void fileThatEndsTooEarlyIsNeverTakenForWhole(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);
        for (int length = 1; length < stored.length; length++) {
            byte[] cut = Arrays.copyOf(stored, length);
            Throwable thrown = catchThrowable(() -> Contents.read(compressor.fileName(), cut));
            if (thrown == null) {
                // Whole members are a whole file.
                assertThat(wholeLengths(compressor)).contains((long) length);
            } else {
                assertThat(thrown)
                        .isInstanceOfAny(
                                DecompressionException.class, UnsupportedCompressionException.class)
                        .hasMessageContaining("memory:/" + compressor.fileName());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void damagedFileNeverGivesOtherContent(Compressor compressor) throws IOException {
        byte[] stored = severalMembers(compressor);
        int noticed = 0;
        for (int i = 0; i < stored.length; i++) {
            byte[] damaged = stored.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            try {
                byte[] content = Contents.read(compressor.fileName(), damaged);
                if (!hasNoChecksum(compressor)) {
                    assertThat(content).as("byte %d damaged", i).isEqualTo(CONTENT);
                }
            } catch (DecompressionException | UnsupportedCompressionException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(hasNoChecksum(compressor) ? 10 : stored.length / 2);
    }

    /** snappy-java's own format has none. */
    private static boolean hasNoChecksum(Compressor compressor) {
        return compressor == Compressor.SNAPPY_BLOCKS;
    }

    @ParameterizedTest
    @EnumSource
    void somethingElseBehindTheLastMemberIsAnError(Compressor compressor) throws IOException {
        byte[] stored = Contents.joined(compressor.compress(FIRST), Contents.lines(100, 1));
        try (ByteInput input = Contents.open(compressor.fileName(), stored)) {
            byte[] content = new byte[FIRST.length];
            for (int done = 0; done < content.length; ) {
                done += input.read(content, done, content.length - done);
            }
            assertThat(content).isEqualTo(FIRST);
            assertThatThrownBy(() -> input.read(new byte[1], 0, 1))
                    .isInstanceOf(DecompressionException.class)
                    .hasMessageStartingWith(
                            "The file memory:/%s cannot be decompressed as %s at about byte",
                            compressor.fileName(), compressor.compression())
                    .hasMessageContaining(" as stored, in the member that begins at byte ");
            assertThatThrownBy(() -> input.read(new byte[1], 0, 1))
                    .as("the error stays")
                    .isInstanceOf(DecompressionException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void failuresEveryFewBytesLoseNothing(Compressor compressor) throws IOException {
        byte[] lines = Contents.lines(20_000, 1);
        byte[] noise = Contents.random(5_000, 2);
        Path local = directory.resolve(compressor.fileName());
        Files.write(local, compressor.compress(lines, noise, lines));
        for (int bytes : new int[] {1025, 1500, 4096}) {
            try (FileFaults faults = FileFaults.create()) {
                faults.nothingAvailable().shortReads(1000).failEvery(bytes, 100);
                ByteInput input = ByteInputs.open(openFile(faults, local), Compression.AUTO, 0, 0);

                assertThat(Contents.readAll(input)).isEqualTo(Contents.joined(lines, noise, lines));
                assertThat(faults.readFailuresLeft()).isLessThan(100);
                assertThat(faults.openStreams()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void failureOfTheFileIsNotTakenForDamage(Compressor compressor) throws IOException {
        Path local = directory.resolve(compressor.fileName());
        Files.write(local, compressor.compress(Contents.random(200_000, 1)));
        try (FileFaults faults = FileFaults.create()) {
            faults.transientFailure(() -> new java.nio.file.AccessDeniedException("revoked"));
            try (ByteInput input =
                    ByteInputs.open(openFile(faults, local), Compression.AUTO, 0, 0)) {
                faults.failEvery(100_000, 1);
                assertThatThrownBy(() -> readInPiecesOf(input, 1000))
                        .isInstanceOf(UnreadableFileException.class)
                        .hasMessageContaining("revoked");
            }
            assertThat(faults.openStreams()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void blockedReadReturnsWhenAborted(Compressor compressor) throws Exception {
        Path local = directory.resolve(compressor.fileName());
        Files.write(local, compressor.compress(Contents.random(200_000, 1)));
        try (FileFaults faults = FileFaults.create()) {
            faults.blockReadsFrom(1024);
            ByteInput input = ByteInputs.open(openFile(faults, local), Compression.AUTO, 0, 0);
            FutureTask<Throwable> reading =
                    new FutureTask<>(() -> catchThrowable(() -> readInPiecesOf(input, 100)));
            new Thread(reading, "reading").start();
            faults.awaitBlockedRead();

            input.abort();

            assertThat(reading.get()).isInstanceOf(ReadAbortedException.class);
            input.close();
            assertThat(faults.openStreams()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fileIsClosedWithItAndIfItCannotBeOpened(Compressor compressor) throws IOException {
        MemoryFileInput file =
                new MemoryFileInput(
                        compressor.fileName(), compressor.compress(FIRST), Integer.MAX_VALUE);
        ByteInputs.open(file, Compression.AUTO, 0, 0).close();
        assertThat(file.isClosed()).isTrue();

        MemoryFileInput other = new MemoryFileInput(compressor.fileName(), FIRST, 1);
        assertThatThrownBy(() -> ByteInputs.open(other, Compression.AUTO, 0, 0))
                .isInstanceOf(UnsupportedCompressionException.class);
        assertThat(other.isClosed()).isTrue();

        MemoryFileInput third =
                new MemoryFileInput(compressor.fileName(), compressor.compress(FIRST), 1);
        assertThatThrownBy(() -> ByteInputs.open(third, Compression.AUTO, 0, 1000))
                .isInstanceOf(IOException.class);
        assertThat(third.isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void wantedCompressionIsCheckedToo(Compressor compressor) {
        for (Compression wanted : Compression.values()) {
            MemoryFileInput file = file("data.csv", compressor);
            if (wanted == Compression.AUTO
                    || wanted == Compression.NONE
                    || wanted == compressor.compression()) {
                assertThatCode(() -> ByteInputs.open(file, wanted, 0, 0))
                        .doesNotThrowAnyException();
            } else {
                assertThatThrownBy(() -> ByteInputs.open(file, wanted, 0, 0))
                        .isInstanceOf(UnsupportedCompressionException.class)
                        .hasMessageContaining("does not begin like data compressed with " + wanted);
            }
        }
    }

    private static MemoryFileInput file(String name, Compressor compressor) {
        try {
            return new MemoryFileInput(name, severalMembers(compressor), Integer.MAX_VALUE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static FileInput openFile(FileFaults faults, Path local) throws IOException {
        FileRetrySettings retries =
                new FileRetrySettings(
                        new ExponentialBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0),
                        Duration.ofMinutes(5));
        return new FlinkFileAccess(retries)
                .open(
                        faults.path(local),
                        RecordFileIdentity.ofListed(
                                Files.size(local), Files.getLastModifiedTime(local).toMillis()));
    }

    private static byte[] severalMembers(Compressor compressor) throws IOException {
        return compressor.compress(FIRST, SECOND, EMPTY, THIRD);
    }

    /** Where the members begin; snappy has headers before the blocks that can be returned to. */
    private static long[] starts(Compressor compressor) throws IOException {
        long header =
                switch (compressor) {
                    case SNAPPY_FRAMED -> 10;
                    case SNAPPY_BLOCKS -> 16;
                    default -> 0;
                };
        long[] starts = new long[4];
        long start = 0;
        byte[][] parts = {FIRST, SECOND, EMPTY, THIRD};
        for (int i = 0; i < 4; i++) {
            starts[i] = start + header;
            start += compressor.compress(parts[i]).length;
        }
        return starts;
    }

    private static Set<Long> wholeLengths(Compressor compressor) throws IOException {
        Set<Long> lengths = new LinkedHashSet<>();
        long length = 0;
        for (byte[] part : new byte[][] {FIRST, SECOND, EMPTY, THIRD}) {
            lengths.add(length + compressor.compress(EMPTY).length);
            length += compressor.compress(part).length;
            lengths.add(length);
        }
        return lengths;
    }

    private static byte[] readInPiecesOf(ByteInput input, int length) throws IOException {
        byte[] buffer = new byte[length];
        java.io.ByteArrayOutputStream content = new java.io.ByteArrayOutputStream();
        for (int n = input.read(buffer, 0, length); n >= 0; n = input.read(buffer, 0, length)) {
            assertThat(n).isPositive();
            content.write(buffer, 0, n);
        }
        return content.toByteArray();
    }
}
