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

package io.activedataflow.flink.connector.recordfile.client;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException.Change;
import io.activedataflow.flink.connector.recordfile.testutils.LogLines;

import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Files are read as they are, through whatever fails, and never as something else. */
@Timeout(120)
class FlinkFileAccessTest {

    private static final int SIZE = 3000;

    @TempDir java.nio.file.Path directory;
    private FileFixture file;

    @BeforeEach
    void writeFile() throws IOException {
        file = new FileFixture(directory, SIZE);
    }

    @AfterEach
    void noStreamIsLeftOpen() {
        assertThat(file.faults.openStreams()).isZero();
        file.close();
    }

    @Test
    void readsAllBytes() throws IOException {
        try (FileInput input = file.open()) {
            assertThat(FileFixture.readAll(input, 100)).isEqualTo(file.content());
            assertThat(input.position()).isEqualTo(SIZE);
            assertThat(input.size()).isEqualTo(SIZE);
            assertThat(input.hasGrown()).isFalse();
            assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
            assertThat(input.read(new byte[1], 0, 0)).isZero();
            input.verifyUnchanged();
        }
        assertThat(file.faults.opens()).isEqualTo(1);
        assertThat(file.faults.bytesRead()).isEqualTo(SIZE);
    }

    @Test
    void headIsPartOfTheIdentity() throws IOException {
        byte[] head = Arrays.copyOf(file.content(), 1024);
        try (FileInput input = file.open()) {
            assertThat(input.head()).isEqualTo(head);
            assertThat(input.identity())
                    .isEqualTo(file.listed().withHead(1024, FileHead.checksum(head, 1024)));
        }
    }

    @Test
    void fileOfWhichNothingIsKnownIsReadAsItIs() throws IOException {
        try (FileInput input = file.open(RecordFileIdentity.ofListed(-1, 0))) {
            assertThat(FileFixture.readAll(input, 100)).isEqualTo(file.content());
            assertThat(input.identity().modificationTime()).isEqualTo(1_000);
        }
    }

    @Test
    void emptyFileHasNoBytes() throws IOException {
        file.write(new byte[0], 1);
        try (FileInput input = file.open()) {
            assertThat(input.read(new byte[1], 0, 1)).isEqualTo(-1);
            input.verifyUnchanged();
        }
    }

    @Test
    void goesToAnyPlace() throws IOException {
        byte[] content = file.content();
        try (FileInput input = file.open()) {
            for (int offset : new int[] {0, 2999, 5, 1023, 1024, 1025, 3000, 1, 2000}) {
                input.seek(offset);
                assertThat(input.position()).isEqualTo(offset);
                assertThat(FileFixture.readAll(input, 512))
                        .isEqualTo(Arrays.copyOfRange(content, offset, SIZE));
            }
            assertThatThrownBy(() -> input.seek(-1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no byte -1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void shortReadsLoseNothing(int longest) throws IOException {
        file.faults.shortReads(longest).nothingAvailable();
        try (FileInput input = file.open()) {
            assertThat(FileFixture.readAll(input, 4096)).isEqualTo(file.content());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 500, 1024, 1025, 1026, 1100, 2000, 2999})
    void failuresEveryFewBytesLoseNothing(int bytes) throws IOException {
        file.faults.failEvery(bytes, 400);
        List<IOException> retries = new ArrayList<>();
        try (FileInput input = open(new ReadControl((path, cause) -> retries.add(cause)))) {
            assertThat(FileFixture.readAll(input, 4096)).isEqualTo(file.content());
        }
        assertThat(retries)
                .isNotEmpty()
                .hasSize(400 - file.faults.readFailuresLeft())
                .allSatisfy(e -> assertThat(e).hasMessage("Connection reset on purpose"));
    }

    @Test
    void failureInTheHeadIsRepairedToo() throws IOException {
        file.faults.failEvery(3, 50);
        try (FileInput input = file.open()) {
            assertThat(FileFixture.readAll(input, 4096)).isEqualTo(file.content());
        }
        assertThat(file.faults.readFailuresLeft()).isZero();
    }

    @Test
    void anIncidentIsOneLineWhenItBeginsAndOneWhenItEnds() throws IOException {
        try (LogLines log = LogLines.of(ResumingFileInput.class)) {
            file.faults.failEvery(2000, 1);
            try (FileInput input = file.open()) {
                assertThat(FileFixture.readAll(input, 100)).isEqualTo(file.content());
            }

            assertThat(log.all()).hasSize(2);
            assertThat(log.all().get(0))
                    .startsWith("WARN Cannot read ")
                    .contains(" at byte 2000; trying again for ");
            assertThat(log.all().get(1))
                    .startsWith("INFO Reading ")
                    .endsWith(" again, at byte 2000, after 1 failed attempts.");
        }
    }

    @Test
    void openingAndLookingAreRepeated() throws IOException {
        file.faults.failOpens(3).failLooks(2);
        try (FileInput input = file.open()) {
            file.faults.failLooks(2);
            input.verifyUnchanged();
        }
        assertThat(file.faults.opens()).isEqualTo(4);
    }

    @Test
    void failureThatLastsFailsWithPathPlaceCauseAndRemedy() throws IOException {
        file.faults.failOpens(Integer.MAX_VALUE);
        FlinkFileAccess access =
                new FlinkFileAccess(
                        FileFixture.retries(Duration.ofMillis(1), Duration.ofMillis(20)));

        assertThatThrownBy(() -> access.open(file.path, file.listed()))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageStartingWith(
                        "The file "
                                + file.path
                                + " cannot be read at byte 0: java.io.IOException: Connection reset"
                                + " on purpose. Gave up after ")
                .hasMessageEndingWith(
                        "attempts because retries may last PT0.02S. Look at the file system, or"
                                + " allow more time for retries.")
                .hasRootCauseMessage("Connection reset on purpose");
        assertThat(file.faults.opens()).isGreaterThan(1);
    }

    @Test
    void deadlineOfZeroMeansNoRetries() throws IOException {
        file.faults.failOpens(1);
        FlinkFileAccess access =
                new FlinkFileAccess(FileFixture.retries(Duration.ofHours(1), Duration.ZERO));

        assertThatThrownBy(() -> access.open(file.path, file.listed()))
                .hasMessageContaining("Gave up after 1 attempt because");
        assertThat(file.faults.opens()).isEqualTo(1);
    }

    @Test
    void eachIncidentBeginsAnewWhenBytesHaveCome() throws IOException {
        // If they were one incident, the last waits would take longer than the test may.
        ExponentialBackoff doubling =
                new ExponentialBackoff(Duration.ofMillis(1), Duration.ofDays(1), 0);
        FlinkFileAccess access =
                new FlinkFileAccess(new FileRetrySettings(doubling, Duration.ofDays(30)));
        file.faults.failEvery(1100, 20);
        try (FileInput input = access.open(file.path, file.listed())) {
            assertThat(FileFixture.readAll(input, 4096)).hasSize(SIZE);
        }
        assertThat(file.faults.readFailuresLeft()).isZero();
    }

    @Test
    void noAccessFailsAtOnce() throws IOException {
        file.faults.refuse(file.local, () -> new AccessDeniedException("by the bucket's policy"));

        assertThatThrownBy(() -> file.open())
                .isInstanceOf(UnreadableFileException.class)
                .hasMessage(
                        "The file "
                                + file.path
                                + " cannot be read at byte 0:"
                                + " java.nio.file.AccessDeniedException: by the bucket's policy."
                                + " Let the user or role that the task managers run as read this"
                                + " file.")
                .hasCauseInstanceOf(AccessDeniedException.class);
        assertThat(file.faults.looks()).isEqualTo(1);
    }

    @Test
    void noPermissionOnALocalFileIsNotTakenForNoFile() throws IOException {
        file.faults.refuse(
                file.local, () -> new FileNotFoundException("/data.csv (Permission denied)"));

        assertThatThrownBy(() -> file.open())
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("Let the user or role");
    }

    @Test
    void brokenFileSystemFailsAtOnce() throws IOException {
        file.faults.transientFailure(
                () -> {
                    throw new IllegalArgumentException("no such bucket name");
                });
        file.faults.failOpens(1);

        assertThatThrownBy(() -> file.open())
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("no such bucket name. Trying again would not help");
    }

    @Test
    void unknownSchemeFailsAtOnce() {
        assertThatThrownBy(
                        () ->
                                new FlinkFileAccess(FileFixture.AT_ONCE)
                                        .open(
                                                new Path("nosuch://bucket/a.csv"),
                                                RecordFileIdentity.ofListed(1, 1)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("The file nosuch://bucket/a.csv cannot be read at byte 0")
                .hasMessageContaining("Put the plugin of that file system into");
    }

    @Test
    void directoryIsNoFile() throws IOException {
        assertThatThrownBy(
                        () ->
                                new FlinkFileAccess(FileFixture.AT_ONCE)
                                        .open(
                                                file.faults.path(directory),
                                                RecordFileIdentity.ofListed(1, 1)))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageContaining("is a directory");
    }

    @Test
    void vanishedFileIsDeleted() throws IOException {
        file.faults.vanish(file.local);

        assertChanged(Change.DELETED, () -> file.open());
        assertThat(file.faults.looks()).isEqualTo(1);
    }

    @Test
    void changedFileIsNotOpened() throws IOException {
        RecordFileIdentity known = identityOfOpened();

        file.write(FileFixture.random(SIZE, 2), 1_000);
        assertChanged(Change.REPLACED, () -> file.open(known));
        file.write(FileFixture.random(SIZE + 1, 2), 1_000);
        assertChanged(Change.REPLACED, () -> file.open(known));
        file.write(FileFixture.random(SIZE, 1), 1_001);
        assertChanged(Change.REPLACED, () -> file.open(known));
        file.write(FileFixture.random(SIZE - 1, 1), 1_000);
        assertChanged(Change.TRUNCATED, () -> file.open(known));
        Files.delete(file.local);
        assertChanged(Change.DELETED, () -> file.open(known));
    }

    @Test
    void ofAGrownFileOnlyThatIsReadWhichWasExpected() throws IOException {
        RecordFileIdentity known = identityOfOpened();
        byte[] before = file.content();
        file.write(longer(before), 2_000);

        try (FileInput input = file.open(known)) {
            assertThat(input.hasGrown()).isTrue();
            assertThat(input.size()).isEqualTo(SIZE);
            assertThat(input.identity()).isEqualTo(known);
            assertThat(FileFixture.readAll(input, 100)).isEqualTo(before);
            assertChanged(Change.GROWN, input::verifyUnchanged);
        }
    }

    @Test
    void fileThatChangesWhileItIsReadIsNotReadOn() throws IOException {
        RecordFileIdentity known = file.listed();
        byte[] content = file.content();

        assertNotReadOn(known, Change.REPLACED, FileFixture.random(SIZE, 2), 1_000);
        file.write(content, 1_000);
        assertNotReadOn(known, Change.REPLACED, content, 1_001);
        file.write(content, 1_000);
        assertNotReadOn(known, Change.TRUNCATED, Arrays.copyOf(content, 1500), 1_000);
    }

    @Test
    void fileThatIsCutOffWithoutAnyFailureIsNoticed() throws IOException {
        try (FileInput input = file.open()) {
            file.write(Arrays.copyOf(file.content(), 1500), 1_000);
            assertChanged(Change.TRUNCATED, () -> FileFixture.readAll(input, 4096));
        }
    }

    @Test
    void fileThatGrowsWhileItIsReadIsReadToItsFormerEnd() throws IOException {
        byte[] content = file.content();
        try (FileInput input = file.open()) {
            file.write(longer(content), 2_000);
            file.faults.failEvery(1500, 1);

            assertThat(FileFixture.readAll(input, 4096)).isEqualTo(content);
            assertThat(input.hasGrown()).isTrue();
        }
    }

    @Test
    void lookingAgainTellsWhatHasChanged() throws IOException {
        byte[] content = file.content();
        try (FileInput input = file.open()) {
            FileFixture.readAll(input, 4096);
            input.verifyUnchanged();

            file.write(longer(content), 1_000);
            assertChanged(Change.GROWN, input::verifyUnchanged);
            file.write(FileFixture.random(content.length + 10, 2), 1_000);
            assertChanged(Change.REPLACED, input::verifyUnchanged);
            file.write(new byte[1], 1_000);
            assertChanged(Change.TRUNCATED, input::verifyUnchanged);
            file.write(content, 1_001);
            assertChanged(Change.REPLACED, input::verifyUnchanged);
            Files.delete(file.local);
            assertChanged(Change.DELETED, input::verifyUnchanged);
        }
    }

    @Test
    void aFileOfWhichNoTimeWasKnownHasTheOneItIsOpenedWith() throws IOException {
        RecordFileIdentity listed = RecordFileIdentity.ofListed(SIZE, 0);
        try (FileInput input = file.open(listed)) {
            assertThat(input.identity().modificationTime()).isEqualTo(1_000);

            file.faults.modificationTime(file.local, 2_000);
            file.faults.failEvery(1024, 1);
            assertChanged(Change.REPLACED, () -> FileFixture.readAll(input, 4096));
        }
    }

    @Test
    void touchedFileThatIsAllHeadIsTheSameFile() throws IOException {
        file.write(FileFixture.random(1024, 1), 1_000);
        RecordFileIdentity known = identityOfOpened();
        file.write(file.content(), 2_000);

        try (FileInput input = file.open(known)) {
            assertThat(FileFixture.readAll(input, 4096)).isEqualTo(file.content());
            input.verifyUnchanged();
            file.write(FileFixture.random(1024, 2), 2_000);
            file.faults.modificationTime(file.local, 3_000);
            assertChanged(Change.REPLACED, input::verifyUnchanged);
        }
    }

    @Test
    void closedFileIsNotRead() throws IOException {
        FileInput input = file.open();
        input.close();
        input.close();

        assertThatThrownBy(() -> input.read(new byte[1], 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed already");
    }

    @Test
    void isSentToTheWorkers() throws Exception {
        FlinkFileAccess copy =
                InstantiationUtil.clone(new FlinkFileAccess(FileRetrySettings.DEFAULT));
        try (FileInput input = copy.open(file.path, file.listed())) {
            assertThat(FileFixture.readAll(input, 4096)).isEqualTo(file.content());
        }
    }

    private void assertNotReadOn(
            RecordFileIdentity known, Change change, byte[] newContent, long newTime)
            throws IOException {
        try (FileInput input = file.open(known)) {
            file.write(newContent, newTime);
            file.faults.failEvery(1024, 1);
            assertChanged(change, () -> FileFixture.readAll(input, 4096));
        }
    }

    private void assertChanged(
            Change change, org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        FileChangedException changed = catchThrowableOfType(FileChangedException.class, reading);
        assertThat(changed).isNotNull();
        assertThat(changed.change()).isEqualTo(change);
        assertThat(changed).hasMessageContaining(file.path.toString());
    }

    private RecordFileIdentity identityOfOpened() throws IOException {
        try (FileInput input = file.open()) {
            return input.identity();
        }
    }

    private FileInput open(ReadControl control) throws IOException {
        return new FlinkFileAccess(FileFixture.AT_ONCE).open(file.path, file.listed(), control);
    }

    private static byte[] longer(byte[] content) {
        return Arrays.copyOf(content, content.length + 10);
    }
}
