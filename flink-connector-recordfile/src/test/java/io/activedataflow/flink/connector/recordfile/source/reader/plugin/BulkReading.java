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

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;

import javax.annotation.Nullable;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Reads a file with a bulk format, the way Flink's file source does.
 *
 * @param show makes something comparable of an element, before the next one is read
 */
record BulkReading<T>(BulkFormat<T, FileSourceSplit> format, Function<T, String> show, File file) {

    private static final Configuration CONFIG = new Configuration();

    /** An element, and where reading goes on after it. */
    record Read(String element, CheckpointedPosition next) {}

    List<String> all() throws IOException {
        return elements(from(null));
    }

    /** What a reader finds that goes on from a position, or from the beginning. */
    List<Read> from(@Nullable CheckpointedPosition position) throws IOException {
        return range(0, file.length(), position);
    }

    List<Read> range(long begin, long end, @Nullable CheckpointedPosition position)
            throws IOException {
        List<Read> found = new ArrayList<>();
        try (BulkFormat.Reader<T> reader = open(begin, end, position)) {
            BulkFormat.RecordIterator<T> batch = reader.readBatch();
            while (batch != null) {
                RecordAndPosition<T> record = batch.next();
                while (record != null) {
                    found.add(
                            new Read(
                                    show.apply(record.getRecord()),
                                    new CheckpointedPosition(
                                            record.getOffset(), record.getRecordSkipCount())));
                    record = batch.next();
                }
                batch.releaseBatch();
                batch = reader.readBatch();
            }
        }
        return found;
    }

    private BulkFormat.Reader<T> open(long begin, long end, @Nullable CheckpointedPosition position)
            throws IOException {
        FileSourceSplit split =
                new FileSourceSplit(
                        "1",
                        new Path(file.toURI()),
                        begin,
                        end - begin,
                        file.lastModified(),
                        file.length(),
                        new String[0],
                        position);
        return position == null
                ? format.createReader(CONFIG, split)
                : format.restoreReader(CONFIG, split);
    }

    /**
     * Restores after record k, and again j records later, for all k and j.
     *
     * @return the pairs of k and j after which what was read was not what is in the file
     */
    List<String> wrongAfterTwoRestores() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Read> first = from(null);
        for (int k = 1; k <= first.size(); k++) {
            List<Read> rest = first.subList(k, first.size());
            List<Read> second = fromOrNothing(first.get(k - 1).next());
            if (!elements(second).equals(elements(rest))) {
                wrong.add(k + "+0");
            }
            for (int j = 1; j <= second.size(); j++) {
                List<Read> third = fromOrNothing(second.get(j - 1).next());
                if (j > rest.size()
                        || !elements(third).equals(elements(rest.subList(j, rest.size())))) {
                    wrong.add(k + "+" + j);
                }
            }
        }
        return wrong;
    }

    /** Flink's own formats sometimes throw where they are wrong. */
    private List<Read> fromOrNothing(CheckpointedPosition position) throws IOException {
        try {
            return from(position);
        } catch (NoSuchElementException e) {
            return List.of(new Read(e.toString(), position));
        }
    }

    static List<String> elements(List<Read> read) {
        return read.stream().map(Read::element).toList();
    }
}
