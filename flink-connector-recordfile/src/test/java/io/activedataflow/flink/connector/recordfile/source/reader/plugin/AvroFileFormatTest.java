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

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.formats.avro.AbstractAvroBulkFormat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AvroFileFormatTest {

    private static final int[] BLOCKS = {3, 4, 1, 6};

    @TempDir private Path directory;

    @Test
    void p4RestoreAtTheEndOfABlockIsExactTheSecondTimeToo() throws Exception {
        File file = AvroFiles.write(file(), "null", BLOCKS);

        assertThat(generic(file).wrongAfterTwoRestores()).isEmpty();
        assertThat(generic(file).from(null))
                .extracting(read -> read.next().getRecordsAfterOffset())
                .containsExactly(1L, 2L, 0L, 1L, 2L, 3L, 0L, 0L, 1L, 2L, 3L, 4L, 5L, 0L);
        // Flink's own format counts the records of the next block wrong.
        assertThat(new BulkReading<>(new FlinksFormat(), String::valueOf, file))
                .satisfies(flinks -> assertThat(flinks.wrongAfterTwoRestores()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard", "bzip2", "xz"})
    void everyCodecIsReadAndRestoredExactly(String codec) throws Exception {
        BulkReading<GenericRecord> reading = generic(AvroFiles.write(file(), codec, BLOCKS));

        assertThat(reading.all()).hasSize(14).doesNotHaveDuplicates();
        assertThat(reading.wrongAfterTwoRestores()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "snappy"})
    void cutsAnywhereAreExact(String codec) throws Exception {
        File file = AvroFiles.write(file(), codec, BLOCKS);
        BulkReading<GenericRecord> reading = generic(file);
        List<String> all = reading.all();
        for (long cut = 1; cut < file.length(); cut++) {
            List<String> both = new ArrayList<>(BulkReading.elements(reading.range(0, cut, null)));
            both.addAll(BulkReading.elements(reading.range(cut, file.length(), null)));
            assertThat(both).as("cut at %d", cut).isEqualTo(all);
        }
    }

    @Test
    void batchesMayEndInsideOfABlock() throws Exception {
        BulkReading<GenericRecord> reading = generic(AvroFiles.write(file(), "null", 2500, 1));
        List<BulkReading.Read> all = reading.from(null);

        assertThat(all).hasSize(2501);
        for (int k : new int[] {1023, 1024, 1025, 2048, 2499, 2500}) {
            assertThat(BulkReading.elements(reading.from(all.get(k - 1).next())))
                    .isEqualTo(BulkReading.elements(all.subList(k, all.size())));
        }
    }

    @Test
    void aFileThatEndsInsideOfABlockIsRefused() throws Exception {
        File whole = AvroFiles.write(file(), "null", BLOCKS);
        byte[] bytes = Files.readAllBytes(whole.toPath());
        List<String> all = generic(whole).all();
        File cutOff = directory.resolve("cut-off.avro").toFile();
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            Files.write(cutOff.toPath(), Arrays.copyOf(bytes, length));
            try {
                // Only where a block ends can nobody tell that there was another one.
                assertThat(List.of(0, 3, 7, 8)).contains(generic(cutOff).all().size());
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("cut-off.avro");
                refused++;
            }
        }
        assertThat(refused).isEqualTo(bytes.length - 4);
        assertThat(all).hasSize(14);
    }

    @Test
    void aPositionThatTheFileDoesNotHaveIsRefused() throws Exception {
        BulkReading<GenericRecord> reading = generic(AvroFiles.write(file(), "null", BLOCKS));

        assertThatThrownBy(() -> reading.from(new CheckpointedPosition(0, 15)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no more than 14 records")
                .hasMessageContaining("readings.avro");
    }

    @Test
    void recordsAreResolvedToTheSchemaWanted() throws Exception {
        Schema wanted =
                SchemaBuilder.record("Reading")
                        .namespace("test")
                        .fields()
                        .name("unit")
                        .type()
                        .stringType()
                        .stringDefault("m")
                        .requiredLong("id")
                        .endRecord();
        AvroFileFormat<GenericRecord> format = AvroFileFormat.forGenericRecord(wanted);

        assertThat(
                        new BulkReading<>(
                                        format, String::valueOf, AvroFiles.write(file(), "null", 2))
                                .all())
                .containsExactly("{\"unit\": \"m\", \"id\": 0}", "{\"unit\": \"m\", \"id\": 1}");
        assertThat(format.getProducedType().getTypeClass()).isEqualTo(GenericRecord.class);
    }

    @Test
    void classesAreRead() throws Exception {
        File file = AvroFiles.write(file(), "null", 2);

        assertThat(
                        new BulkReading<>(
                                        AvroFileFormat.forSpecificRecord(Reading.class),
                                        r -> r.getClass().getSimpleName() + r.get(0) + r.get(1),
                                        file)
                                .all())
                .containsExactly("Reading0null", "Reading1nx");
        assertThat(
                        new BulkReading<>(
                                        AvroFileFormat.forReflectRecord(Plain.class),
                                        p -> p.id + p.name,
                                        file)
                                .all())
                .containsExactly("0null", "1nx");
    }

    @Test
    void onlyRecordsCanBeWanted() {
        assertThatThrownBy(() -> AvroFileFormat.forGenericRecord(Schema.create(Schema.Type.LONG)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("long");
    }

    private BulkReading<GenericRecord> generic(File file) {
        return new BulkReading<>(
                AvroFileFormat.forGenericRecord(AvroFiles.SCHEMA), String::valueOf, file);
    }

    private File file() {
        return directory.resolve("readings.avro").toFile();
    }

    /** A class that knows nothing of Avro. */
    public static class Plain {
        public long id;
        public String name;
    }

    /** What Flink's SQL uses, without the conversion to rows. */
    private static final class FlinksFormat
            extends AbstractAvroBulkFormat<GenericRecord, GenericRecord, FileSourceSplit> {

        private static final long serialVersionUID = 1L;

        FlinksFormat() {
            super(AvroFiles.SCHEMA);
        }

        @Override
        protected GenericRecord createReusedAvroRecord() {
            return new GenericData.Record(readerSchema);
        }

        @Override
        protected Function<GenericRecord, GenericRecord> createConverter() {
            return Function.identity();
        }

        @Override
        public TypeInformation<GenericRecord> getProducedType() {
            return TypeInformation.of(GenericRecord.class);
        }
    }
}
