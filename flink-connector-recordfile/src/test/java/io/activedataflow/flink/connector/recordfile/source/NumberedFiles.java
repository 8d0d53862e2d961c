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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.MemorySize;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/**
 * Files whose records are numbered in a column {@code n}, with the event time {@code t} of as many
 * seconds, and sources that read them. The key of a file is its name up to the first hyphen.
 */
final class NumberedFiles {

    /** Parts of this size make many splits of a file of some thousand records. */
    static final RecordFileSplitSettings SMALL_PARTS =
            RecordFileSplitSettings.ofSize(new MemorySize(8 * 1024));

    private static final int RECORDS_OF_A_MEMBER = 37;

    /** How the records are written. */
    enum Format {
        /** With a header, quoted texts, and line breaks within quotes. */
        CSV(".csv", CsvFraming.builder().build()),
        JSON_LINES(".jsonl", JsonLinesFraming.create()),
        /** JSON Lines in many members of gzip, which do not end where records end. */
        GZIP(".jsonl.gz", JsonLinesFraming.create());

        private final String suffix;
        private final RecordFileFraming framing;

        Format(String suffix, RecordFileFraming framing) {
            this.suffix = suffix;
            this.framing = framing;
        }

        private String header() {
            return this == CSV ? "n,t,text\n" : "";
        }

        private String record(long n) {
            return this == CSV
                    ? n
                            + ","
                            + n * 1000
                            + ",\"number \"\""
                            + n
                            + "\"\",\nand \u00e4 second line\"\n"
                    : "{\"n\":" + n + ",\"t\":" + n * 1000 + ",\"text\":\"\u00e4 number\\n\"}\n";
        }
    }

    private NumberedFiles() {}

    /**
     * Writes a file with the numbers from (inclusive) to (exclusive), which appears in one step, as
     * it should if it is being read.
     *
     * @param name up to its suffix
     */
    static void write(Path directory, String name, Format format, long from, long to) {
        byte[] content = content(format, from, to);
        Path file = directory.resolve(name + format.suffix);
        Path incomplete = directory.resolve('.' + name + format.suffix);
        try {
            Files.write(
                    incomplete,
                    format == Format.GZIP
                            ? gzip(content, 1 + (int) ((to - from) / RECORDS_OF_A_MEMBER))
                            : content);
            Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is in such a file, decompressed. */
    static byte[] content(Format format, long from, long to) {
        StringBuilder text = new StringBuilder(format.header());
        for (long n = from; n < to; n++) {
            text.append(format.record(n));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content, int members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int member = 0; member < members; member++) {
            int from = (int) ((long) content.length * member / members);
            int to = (int) ((long) content.length * (member + 1) / members);
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(content, from, to - from);
            }
        }
        return out.toByteArray();
    }

    /** Elements are (key, number). */
    static RecordFileDeserializationSchema<Tuple2<String, Long>> schema() {
        return RecordFileDeserializationSchema.map()
                .withMetadata(
                        (columns, record) ->
                                Tuple2.of(key(record.path()), Long.valueOf(columns.get("n"))),
                        Types.TUPLE(Types.STRING, Types.LONG));
    }

    private static String key(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(0, name.indexOf('-'));
    }

    /** A bounded source of everything in a directory. */
    static RecordFileSourceBuilder<Tuple2<String, Long>> bounded(String directory, Format format) {
        return RecordFileSource.<Tuple2<String, Long>>builder()
                .setPaths(directory)
                .setFormat(format.framing, schema())
                .setTimestamps(RecordFileTimestamps.column("t"))
                .setSplitting(SMALL_PARTS)
                .setBatchSize(new MemorySize(1024));
    }

    static RecordFileSourceBuilder<Tuple2<String, Long>> bounded(Path directory, Format format) {
        return bounded(directory.toUri().toString(), format);
    }

    /** A source that looks for new files often. */
    static RecordFileSourceBuilder<Tuple2<String, Long>> continuous(Path directory, Format format) {
        return bounded(directory, format)
                .setContinuous(Duration.ofMillis(20))
                .setMaxDiscoveryInterval(Duration.ofMillis(100));
    }
}
