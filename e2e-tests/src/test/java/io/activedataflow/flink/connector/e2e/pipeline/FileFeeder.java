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

package io.activedataflow.flink.connector.e2e.pipeline;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/**
 * Writes parts to files of a directory, as CSV and as JSON Lines, some compressed. A file gets its
 * name when it is complete.
 */
public final class FileFeeder implements PartWriter {

    private final Path directory;
    private final OrderBook book;

    /** Creates the directory if it is not there. */
    public FileFeeder(Path directory, OrderBook book) {
        this.directory = directory;
        this.book = book;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Origin origin() {
        return Origin.FILES;
    }

    @Override
    public int portion() {
        return Origin.PARTS_PER_FILE;
    }

    @Override
    public void write(long from, long to) throws IOException {
        String name = Origin.FILES.split(from);
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            return;
        }
        Path hidden = directory.resolve('.' + name + ".tmp");
        try (Writer out = open(hidden)) {
            boolean csv = name.contains(".csv");
            out.write(csv ? PartText.CSV_HEADER : "");
            for (long order = from; order < to; order++) {
                OrderPart part = book.part(Origin.FILES, order);
                out.write(csv ? PartText.csv(part) : PartText.json(part));
                out.write('\n');
            }
        }
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Writer open(Path file) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        return new BufferedWriter(
                new OutputStreamWriter(
                        file.toString().contains(".gz") ? new GZIPOutputStream(bytes) : bytes,
                        StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
}
