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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import io.activedataflow.flink.connector.recordfile.format.compression.Compression;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class KeyValueFormatTest {

    private static final AtomicInteger CLOSED = new AtomicInteger();

    @TempDir private Path directory;

    @Test
    void recordsAreReadAndRestoredExactlyAlsoTheSecondTime() throws Exception {
        BulkReading<KeyValue<String, Long>> reading =
                reading(Pairs::new, write(false, "a=1", "b=2", "=3", "c=4", "d=5"));

        assertThat(reading.all()).containsExactly("a/1", "b/2", "null/3", "c/4", "d/5");
        assertThat(reading.wrongAfterTwoRestores()).isEmpty();
    }

    @Test
    void severalBatchesAreCountedOn() throws Exception {
        String[] lines = Collections.nCopies(600, "k=1").toArray(new String[0]);
        BulkReading<KeyValue<String, Long>> reading = reading(Pairs::new, write(false, lines));
        List<BulkReading.Read> all = reading.from(null);

        assertThat(all).hasSize(600);
        assertThat(all.get(599).next().getRecordsAfterOffset()).isEqualTo(600);
        assertThat(reading.from(all.get(400).next())).hasSize(199);
    }

    @Test
    void filesAreDecompressed() throws Exception {
        File file = write(true, "a=1", "b=2");

        assertThat(reading(Pairs::new, file).all()).containsExactly("a/1", "b/2");
        assertThatThrownBy(
                        () ->
                                new BulkReading<>(
                                                format(Pairs::new)
                                                        .withCompression(Compression.NONE),
                                                KeyValueFormatTest::show,
                                                file)
                                        .all())
                .isInstanceOf(IOException.class);
    }

    @Test
    void exceptionsCarryFileAndRecord() throws Exception {
        File file = write(false, "a=1", "b=2", "c=x", "d=4");

        assertThatThrownBy(() -> reading(Pairs::new, file).all())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Record 3 of")
                .hasMessageContaining(file.getName())
                .hasRootCauseInstanceOf(NumberFormatException.class);
    }

    @Test
    void iteratorsAreClosedHoweverReadingEnds() throws Exception {
        int before = CLOSED.get();
        reading(Pairs::new, write(false, "a=1")).all();
        assertThat(CLOSED.get()).isEqualTo(before + 1);

        File malformed = write(false, "a=x");
        assertThatThrownBy(() -> reading(Pairs::new, malformed).all())
                .isInstanceOf(IOException.class);
        assertThat(CLOSED.get()).isEqualTo(before + 2);
    }

    @Test
    void functionsThatDoNotFindTheirRecordsAgainAreCaught() throws Exception {
        BulkReading<KeyValue<String, Long>> reading =
                reading(Pairs::new, write(false, "a=1", "b=2"));
        List<BulkReading.Read> all = reading.from(null);
        write(false, "a=1");

        assertThatThrownBy(() -> reading.from(all.get(1).next()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("after record 2")
                .hasMessageContaining("only 1");
    }

    @Test
    void nothingAndNullAreNoRecords() throws Exception {
        File file = write(false, "a=1");

        assertThatThrownBy(() -> reading(content -> null, file).all())
                .hasMessageContaining("has returned null");
        assertThatThrownBy(
                        () ->
                                reading(
                                                content ->
                                                        Collections
                                                                .<KeyValue<String, Long>>singleton(
                                                                        null)
                                                                .iterator(),
                                                file)
                                        .all())
                .hasMessageContaining("Record 1 of");
    }

    @Test
    void functionsMayAskForTheFile() throws Exception {
        KeyValueFunction<String, Long> function =
                new KeyValueFunction<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Iterator<KeyValue<String, Long>> read(InputStream content) {
                        throw new AssertionError("The other one is to be called.");
                    }

                    @Override
                    public Iterator<KeyValue<String, Long>> read(
                            InputStream content, org.apache.flink.core.fs.Path file) {
                        return List.of(new KeyValue<>(file.getName(), 1L)).iterator();
                    }
                };

        assertThat(reading(function, write(false, "x")).all()).containsExactly("pairs.txt/1");
    }

    @Test
    void recordsNeedNoGenericSerializer() throws Exception {
        ExecutionConfig config =
                new ExecutionConfig(new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        TypeSerializer<KeyValue<String, Long>> serializer =
                format(Pairs::new).getProducedType().createSerializer(config.getSerializerConfig());
        KeyValue<String, Long> record = new KeyValue<>(null, 7L);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(record, out);

        assertThat(serializer).isInstanceOf(PojoSerializer.class);
        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(record);
    }

    private static String show(KeyValue<String, Long> record) {
        return record.key() + "/" + record.value();
    }

    private static KeyValueFormat<String, Long> format(KeyValueFunction<String, Long> function) {
        return KeyValueFormat.of(function, Types.STRING, Types.LONG);
    }

    private static BulkReading<KeyValue<String, Long>> reading(
            KeyValueFunction<String, Long> function, File file) {
        return new BulkReading<>(format(function), KeyValueFormatTest::show, file);
    }

    private File write(boolean gzip, String... lines) throws IOException {
        Path file = directory.resolve(gzip ? "pairs.txt.gz" : "pairs.txt");
        try (OutputStream plain = Files.newOutputStream(file);
                OutputStream out = gzip ? new GZIPOutputStream(plain) : plain) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
        return file.toFile();
    }

    /** A reader of lines such as {@code key=1}. */
    private static final class Pairs implements Iterator<KeyValue<String, Long>>, Closeable {

        private final BufferedReader reader;
        private String line;

        Pairs(InputStream content) {
            reader = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        }

        @Override
        public boolean hasNext() {
            try {
                line = line == null ? reader.readLine() : line;
                return line != null;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public KeyValue<String, Long> next() {
            int equals = line.indexOf('=');
            String key = equals <= 0 ? null : line.substring(0, equals);
            String value = line.substring(equals + 1);
            line = null;
            return new KeyValue<>(key, Long.valueOf(value));
        }

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }
}
