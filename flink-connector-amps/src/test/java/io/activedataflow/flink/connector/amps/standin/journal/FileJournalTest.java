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

package io.activedataflow.flink.connector.amps.standin.journal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class FileJournalTest {

    @TempDir private Path directory;

    private static JournalRecord message(long sequence, String body) {
        return new JournalRecord.Logged(
                -1, sequence, "T", 5, body.getBytes(StandardCharsets.UTF_8), null, null, null);
    }

    private Path file() {
        return directory.resolve("journal");
    }

    private void write(JournalRecord... records) {
        try (FileJournal journal = FileJournal.open(directory, record -> {})) {
            Arrays.asList(records).forEach(journal::write);
            journal.force();
        }
    }

    private List<String> read() {
        List<String> records = new ArrayList<>();
        try (FileJournal journal =
                FileJournal.open(directory, record -> records.add(text(record)))) {
            journal.force();
        }
        return records;
    }

    /** Arrays are not equal, so this is compared instead. */
    private static String text(JournalRecord record) {
        return record instanceof JournalRecord.Logged logged
                ? String.join(
                        ",",
                        Long.toUnsignedString(logged.publisherId()),
                        Long.toUnsignedString(logged.sequence()),
                        logged.topic(),
                        Long.toString(logged.micros()),
                        new String(logged.body(), StandardCharsets.UTF_8),
                        logged.correlationId(),
                        logged.user(),
                        logged.sowKey())
                : record.toString();
    }

    @Test
    void everyRecordIsReadAsItWasWritten() {
        List<JournalRecord> records =
                List.of(
                        new JournalRecord.Logged(
                                Long.MIN_VALUE, -1, "Ü", 7, new byte[] {'x'}, "c", "u", "k"),
                        message(2, ""),
                        new JournalRecord.Taken("Q", "1|2|"),
                        new JournalRecord.Pruned(17),
                        new JournalRecord.Wiped());
        write(records.toArray(JournalRecord[]::new));

        assertThat(read())
                .containsExactlyElementsOf(records.stream().map(FileJournalTest::text).toList())
                .contains("9223372036854775808,18446744073709551615,Ü,7,x,c,u,k");
    }

    @Test
    void whereverTheLastRecordIsTornItIsCutOffAndTheJournalGoesOn() throws IOException {
        write(message(1, "one"));
        byte[] first = Files.readAllBytes(file());
        write(message(2, "two"));
        byte[] both = Files.readAllBytes(file());

        for (int length = first.length; length < both.length; length++) {
            Files.write(file(), Arrays.copyOf(both, length));
            write(message(3, "three"));

            assertThat(read())
                    .as("cut after %d bytes", length)
                    .containsExactly(text(message(1, "one")), text(message(3, "three")));
        }
    }

    @Test
    void lastRecordWithAWrongByteIsCutOff() throws IOException {
        write(message(1, "one"), message(2, "two"));
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 1]++;
        Files.write(file(), bytes);

        assertThat(read()).containsExactly(text(message(1, "one")));
        assertThat(read()).hasSize(1);
    }

    @Test
    void damageThatIsNotAtTheEndIsNotPassedOver() throws IOException {
        write(message(1, "one"), message(2, "two"));
        byte[] bytes = Files.readAllBytes(file());
        bytes[20]++;
        Files.write(file(), bytes);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged at byte 0")
                .hasMessageContaining("Restore it");
        assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
    }

    @Test
    void oneAtATimeHasTheJournal() {
        try (FileJournal journal = FileJournal.open(directory, record -> {})) {
            assertThatThrownBy(() -> FileJournal.open(directory, record -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(file().toString());
            journal.write(message(1, "one"));
        }
        assertThat(read()).hasSize(1);
    }

    @Test
    void whatCouldNotBeWrittenStopsTheJournal() {
        FileJournal journal = FileJournal.open(directory, record -> {});
        journal.close();

        assertThatThrownBy(() -> journal.write(message(1, "one")))
                .hasMessageContaining("cannot be written");
        assertThatThrownBy(() -> journal.write(message(2, "two")))
                .hasMessageContaining("could not be written before");
        assertThatThrownBy(journal::force).hasMessageContaining("could not be written before");
    }
}
