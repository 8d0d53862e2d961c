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

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;

/**
 * Writes the files that are read: ten columns of mixed types; half of the texts contain commas and
 * doubled quotes, one in ten a line break if asked for. The same bytes on every machine.
 */
final class TradeFiles {

    /** As many records as a file of {@link #SMALL} has. */
    static final int SMALL_RECORDS = 100;

    /** The directory with next to nothing in it, by which the cost of starting a job is found. */
    static final String SMALL = "small";

    private static final String[] SIDES = {"BUY", "SELL"};
    private static final String[] VENUES = {"XETRA", "NYSE", "LSE", "TOKYO", "PARIS"};
    private static final String[] TRADERS = {"Anna Müller", "José García", "Ned Ward", "Zoë Quinn"};
    private static final String[] WORDS = {
        "fill", "partial", "at market", "client asked", "limit", "desk two", "after close", "hedge"
    };
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");
    private static final LocalDateTime FIRST = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final SplittableRandom random = new SplittableRandom(42);
    private final StringBuilder line = new StringBuilder();

    /** How a file is written. */
    enum Layout {
        /** CSV in four files. */
        CSV(4, false),
        /** CSV in one file, with line breaks inside of texts. */
        CSV_LINE_BREAKS(1, true),
        /** JSON Lines in four files. */
        JSON(4, false);

        private final int files;
        private final boolean lineBreaks;

        Layout(int files, boolean lineBreaks) {
            this.files = files;
            this.lineBreaks = lineBreaks;
        }

        Path directory(Path root) {
            return root.resolve(name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** Writes all files of a layout below a directory, and returns their size. */
    long write(Path root, Layout layout, long records) throws IOException {
        Path directory = layout.directory(root);
        write(directory.resolve(SMALL), layout, 1, SMALL_RECORDS);
        return write(directory.resolve("full"), layout, layout.files, records);
    }

    private long write(Path directory, Layout layout, int files, long records) throws IOException {
        Files.createDirectories(directory);
        long size = 0;
        long id = 0;
        for (int file = 0; file < files; file++) {
            Path path =
                    directory.resolve(
                            "trades-" + file + (layout == Layout.JSON ? ".jsonl" : ".csv"));
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
                for (long end = records * (file + 1) / files; id < end; id++) {
                    line.setLength(0);
                    if (layout == Layout.JSON) {
                        json(id);
                    } else {
                        csv(id, layout.lineBreaks);
                    }
                    out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
                }
            }
            size += Files.size(path);
        }
        return size;
    }

    private void csv(long id, boolean lineBreaks) {
        line.append(id).append(',').append(time(id)).append(',');
        line.append(random.nextInt(1, 10_000)).append(',');
        line.append(pick(SIDES)).append(',').append(pick(VENUES)).append(',');
        line.append(price()).append(',').append(random.nextBoolean()).append(',');
        line.append(pick(TRADERS)).append(',');
        if (random.nextBoolean()) {
            line.append(note(" "));
        } else {
            String separator = lineBreaks && random.nextInt(5) == 0 ? "\n" : ", ";
            line.append('"')
                    .append(note(separator))
                    .append(" \"\"")
                    .append(pick(WORDS))
                    .append("\"\"\"");
        }
        line.append(',');
        if (random.nextBoolean()) {
            line.append(random.nextInt(100) / 100.0);
        }
    }

    private void json(long id) {
        line.append("{\"id\":").append(id).append(",\"time\":\"").append(time(id));
        line.append("\",\"quantity\":").append(random.nextInt(1, 10_000));
        line.append(",\"side\":\"").append(pick(SIDES));
        line.append("\",\"venue\":\"").append(pick(VENUES));
        line.append("\",\"price\":").append(price());
        line.append(",\"urgent\":").append(random.nextBoolean());
        line.append(",\"trader\":\"").append(pick(TRADERS)).append("\",\"note\":\"");
        line.append(note(", "));
        if (random.nextBoolean()) {
            line.append(" \\\"").append(pick(WORDS)).append("\\\"");
        }
        line.append("\",\"discount\":");
        line.append(random.nextBoolean() ? "null" : String.valueOf(random.nextInt(100) / 100.0));
        line.append('}');
    }

    private static String time(long id) {
        return FIRST.plusNanos(id * 7_000_000L).format(TIME);
    }

    private double price() {
        return random.nextInt(1, 1_000_000) / 100.0;
    }

    private String note(String separator) {
        return pick(WORDS) + separator + pick(WORDS) + separator + pick(WORDS);
    }

    private String pick(String[] values) {
        return values[random.nextInt(values.length)];
    }
}
