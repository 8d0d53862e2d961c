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

package io.activedataflow.flink.connector.e2e.suite;

import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.source.RecordFileDistribution;
import io.activedataflow.flink.connector.recordfile.source.RecordFileOrder;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSource;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSourceBuilder;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;
import org.apache.flink.connector.testframe.external.source.TestingSourceSettings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A directory. What is added at a time is a file of its own; those of one of the suite's splits
 * have a key, and so are read in order.
 */
final class RecordFileContext extends SuiteContext {

    private final Path directory;
    private int splits;

    RecordFileContext(Path sharedFolder) {
        super("record files", ConnectorJars.recordFiles());
        directory = sharedFolder.resolve("suite-" + UUID.randomUUID());
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create " + directory, e);
        }
    }

    @Override
    public Source<String, ?, ?> createSource(TestingSourceSettings settings) {
        RecordFileSourceBuilder<String> builder =
                RecordFileSource.<String>builder()
                        .setPaths(directory.toString())
                        .setFormat(LinesFraming.create(), RecordFileDeserializationSchema.text())
                        .setOrder(RecordFileOrder.NAME)
                        .setDistribution(RecordFileDistribution.byName("^split-[0-9]+"))
                        .setBatchSize(new MemorySize(1024));
        if (settings.getBoundedness() != Boundedness.BOUNDED) {
            builder.setContinuous(Duration.ofMillis(200));
        }
        return builder.build();
    }

    @Override
    public ExternalSystemSplitDataWriter<String> createSourceSplitDataWriter(
            TestingSourceSettings settings) {
        return new SplitWriter(directory, "split-" + splits++);
    }

    private static final class SplitWriter implements ExternalSystemSplitDataWriter<String> {

        private final Path directory;
        private final String name;
        private int files;

        private SplitWriter(Path directory, String name) {
            this.directory = directory;
            this.name = name;
        }

        @Override
        public void writeRecords(List<String> records) {
            String file = name + "-" + files++;
            try {
                Path incomplete = directory.resolve('.' + file);
                Files.write(incomplete, records);
                Files.move(incomplete, directory.resolve(file), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + file, e);
            }
        }

        @Override
        public void close() {}
    }
}
