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

package io.activedataflow.flink.connector.e2e.quickstart;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the orders to files of a directory: half of the partitions as CSV, the others as JSON
 * Lines, and every fourth file compressed. A file gets its name when it is complete. Here and there
 * a broken record stands before an order.
 */
final class FileOrders implements OrderWriter {

    private static final long LARGEST_FILE = 5_000;
    private static final int COMPRESSED_EVERY = 4;

    private final Path directory;
    private final long[] nextPosition = new long[Orders.PARTITIONS];
    private final int[] files = new int[Orders.PARTITIONS];

    private volatile long written;

    FileOrders(Path directory) {
        this.directory = directory;
    }

    @Override
    public void writeUpTo(long orders) {
        try {
            for (int partition = 0; partition < Orders.PARTITIONS; partition++) {
                long end = Orders.positionsUpTo(partition, orders);
                while (nextPosition[partition] < end) {
                    writeFile(partition, Math.min(end, nextPosition[partition] + LARGEST_FILE));
                }
            }
        } catch (NoSuchFileException e) {
            // The directory is away. The file that has not got its name will be written again.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long written() {
        return written;
    }

    private void writeFile(int partition, long end) throws IOException {
        long start = nextPosition[partition];
        String name = nameOf(partition, files[partition]);
        Path hidden = directory.resolve('.' + name + ".tmp");
        try (Writer out = open(hidden)) {
            write(out, partition, start, end);
        }
        Files.move(hidden, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        files[partition]++;
        nextPosition[partition] = end;
        written += end - start;
    }

    private static void write(Writer out, int partition, long start, long end) throws IOException {
        OrderFormat format = formatOf(partition);
        out.write(format.header());
        for (long position = start; position < end; position++) {
            long order = Orders.orderAt(partition, position);
            // Never after the last order: who has read all orders has read these too.
            if (Orders.isAfterBroken(order)) {
                out.write(format.broken(order));
            }
            out.write(format.right(order));
        }
    }

    private static Writer open(Path file) throws IOException {
        OutputStream bytes = Files.newOutputStream(file);
        return new BufferedWriter(
                new OutputStreamWriter(
                        isCompressed(file) ? new GZIPOutputStream(bytes) : bytes,
                        StandardCharsets.UTF_8));
    }

    private static boolean isCompressed(Path file) {
        return file.getFileName().toString().contains(".gz");
    }

    private static String nameOf(int partition, int number) {
        return String.format(
                Locale.ROOT,
                "%s-%06d.%s%s",
                Orders.streamOf(partition),
                number,
                formatOf(partition).suffix(),
                number % COMPRESSED_EVERY == COMPRESSED_EVERY - 1 ? ".gz" : "");
    }

    private static OrderFormat formatOf(int partition) {
        return partition < Orders.PARTITIONS / 2 ? OrderFormat.CSV : OrderFormat.JSON_LINES;
    }

    @Override
    public void close() {}
}
