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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What is in the files, told line by line by its looks, which has nothing to do with the connector
 * nor with what the writer believes to have written.
 *
 * @param orders the orders
 * @param broken everything else
 */
record WrittenFiles(OrderCounts orders, Tally<BrokenRecord> broken) {

    private static final Pattern JSON =
            Pattern.compile("\\{\"order\":(\\d+),\"customer\":\\d+,\"note\":\"[^\"]*\"}");
    private static final Pattern CSV = Pattern.compile("(\\d+),\\d+,([a-z]+|\"[^\"]*\")");
    private static final Pattern CSV_FIRST_LINE = Pattern.compile("(\\d+),\\d+,\"[^\"]*");
    private static final Pattern CSV_SECOND_LINE = Pattern.compile("[^\",]*\"");

    static WrittenFiles read(Path directory) {
        WrittenFiles found = new WrittenFiles(new OrderCounts(), new Tally<>());
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                found.addAllOf(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private void addAllOf(Path file) throws IOException {
        String name = file.getFileName().toString();
        List<String> lines = linesOf(file);
        boolean isCsv = name.contains(".csv");
        int at = isCsv ? 1 : 0;
        while (at < lines.size()) {
            int count = isCsv ? addCsv(lines, at) : addIfOrder(JSON.matcher(lines.get(at)));
            if (count == 0) {
                broken.add(new BrokenRecord(name, at + 1, lines.get(at)));
            }
            at += Math.max(1, count);
        }
    }

    /** Returns how many lines the order has that begins here, or 0 if there is none. */
    private int addCsv(List<String> lines, int at) {
        int count = addIfOrder(CSV.matcher(lines.get(at)));
        if (count > 0
                || at + 1 == lines.size()
                || !CSV_SECOND_LINE.matcher(lines.get(at + 1)).matches()) {
            return count;
        }
        return 2 * addIfOrder(CSV_FIRST_LINE.matcher(lines.get(at)));
    }

    private int addIfOrder(Matcher line) {
        if (!line.matches()) {
            return 0;
        }
        orders.add(Long.parseLong(line.group(1)));
        return 1;
    }

    private static List<String> linesOf(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        file.toString().endsWith(".gz")
                                                ? new GZIPInputStream(bytes)
                                                : bytes,
                                        StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }
}
