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

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A directory of CSV and JSON Lines files, which goes away and comes back. */
final class FilesInlet implements Inlet {

    static final String NAME = FileOrderSource.NAME;

    private static final int OUTAGE_SECONDS = 2;

    private final Path directory;
    private final Path away;
    private final Path deadLetters;
    private final FileOrders orders;

    /**
     * @param directory of the files
     * @param deadLetters where the job puts what cannot be read
     */
    FilesInlet(Path directory, Path deadLetters) {
        this.directory = directory;
        this.away = directory.resolveSibling(directory.getFileName() + "-away");
        this.deadLetters = deadLetters;
        this.orders = new FileOrders(directory);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String plan(String orders) {
        return orders
                + " orders are written to a directory of CSV and JSON Lines files, some of them\n"
                + "compressed; about one record in a thousand is broken.";
    }

    @Override
    public String plannedFault() {
        return "the directory of the files is moved away";
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<String, String> addresses() {
        return Map.of("Files", directory.toString());
    }

    @Override
    public OrderWriter writer() {
        return orders;
    }

    @Override
    public DataStream<Long> read(StreamExecutionEnvironment env) {
        return FileOrderSource.read(env, flinkPath(directory), flinkPath(deadLetters));
    }

    private static org.apache.flink.core.fs.Path flinkPath(Path path) {
        return new org.apache.flink.core.fs.Path(path.toUri());
    }

    @Override
    public void breakServer(Consumer<String> fault, Consumer<String> back) throws Exception {
        Files.move(directory, away);
        fault.accept(
                "the directory of the files is moved away, as if a mount were lost, and back 2"
                        + " seconds later.");
        CompletableFuture.runAsync(
                        this::bringBack,
                        CompletableFuture.delayedExecutor(OUTAGE_SECONDS, TimeUnit.SECONDS))
                .get();
        back.accept("the directory is there again.");
    }

    private void bringBack() {
        try {
            Files.move(away, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isReadAgain() {
        return Files.isDirectory(directory);
    }

    @Override
    public String survival() {
        return "the source has found the directory again; the job has not been restarted.";
    }

    @Override
    public OrderCounts stored() {
        return WrittenFiles.read(directory).orders();
    }

    @Override
    public String storedWhere() {
        return "in the CSV and JSON Lines files, read back line by line";
    }

    @Override
    public Optional<DeadLetters> deadLetters() {
        return Optional.of(DeadLetters.read(deadLetters, WrittenFiles.read(directory).broken()));
    }

    @Override
    public void close() {}
}
