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

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** The options of the record-file source, the same for the builder and for SQL. */
@PublicEvolving
public final class RecordFileSourceOptions {

    public static final ConfigOption<Duration> DISCOVERY_INTERVAL =
            ConfigOptions.key("scan.discovery.interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "How often to look for new files as long as some are found or change; it"
                                    + " doubles while none do. Makes the source continuous: without"
                                    + " it the files that are there are read and the source ends. A"
                                    + " continuous source reads a file when two looks in a row have"
                                    + " found it the same, unless other conditions are set.");

    public static final ConfigOption<Duration> DISCOVERY_MAX_INTERVAL =
            ConfigOptions.key("scan.discovery.max-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription("The longest time between two looks for new files.");

    public static final ConfigOption<Integer> DISCOVERY_MAX_FILES =
            ConfigOptions.key("scan.discovery.max-files")
                    .intType()
                    .defaultValue(Integer.MAX_VALUE)
                    .withDescription(
                            "The most files that one look adds; the next one goes on with the"
                                    + " rest.");

    public static final ConfigOption<MemorySize> DISCOVERY_MAX_BYTES =
            ConfigOptions.key("scan.discovery.max-bytes")
                    .memoryType()
                    .defaultValue(MemorySize.MAX_VALUE)
                    .withDescription(
                            "The most bytes of files that one look adds, but at least one file;"
                                    + " the next one goes on with the rest.");

    public static final ConfigOption<RecordFileOrder> ORDER =
            ConfigOptions.key("scan.order")
                    .enumType(RecordFileOrder.class)
                    .defaultValue(RecordFileOrder.MODIFICATION_TIME)
                    .withDescription(
                            "In which order the files of one look are handed out: by 'name', by"
                                    + " 'modification_time', oldest first, or by 'size', smallest"
                                    + " first.");

    public static final ConfigOption<RecordFileLatePolicy> ON_LATE_FILE =
            ConfigOptions.key("scan.on-late-file")
                    .enumType(RecordFileLatePolicy.class)
                    .defaultValue(RecordFileLatePolicy.READ)
                    .withDescription(
                            "What to do with a file that turns up later than the mode of discovery"
                                    + " allows for: 'read' it, 'ignore' it, or 'fail' the job.");

    public static final ConfigOption<RecordFileChangePolicy> ON_FILE_CHANGED =
            ConfigOptions.key("scan.on-file-changed")
                    .enumType(RecordFileChangePolicy.class)
                    .defaultValue(RecordFileChangePolicy.FAIL)
                    .withDescription(
                            "What to do with a file that was replaced, truncated or deleted after"
                                    + " it had been found: 'fail' the job, 'restart' with the new"
                                    + " content, or 'skip' what has not been read.");

    public static final ConfigOption<Boolean> CONTENT_IDENTITY =
            ConfigOptions.key("scan.content-identity")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether files are recognised by their content, so that one that is"
                                    + " renamed is not read again. Opens every new file once on"
                                    + " the job manager.");

    public static final ConfigOption<MemorySize> SPLIT_TARGET_SIZE =
            ConfigOptions.key("scan.split.target-size")
                    .memoryType()
                    .defaultValue(RecordFileSplitSettings.DEFAULT.targetSize())
                    .withDescription(
                            "How large the parts are at most that a larger file is read in, by"
                                    + " several readers, where its format allows that; they are"
                                    + " smaller where there is less to read than 16 such parts for"
                                    + " each reader.");

    public static final ConfigOption<MemorySize> SPLIT_MINIMUM_SIZE =
            ConfigOptions.key("scan.split.minimum-size")
                    .memoryType()
                    .defaultValue(RecordFileSplitSettings.DEFAULT.minimumSize())
                    .withDescription(
                            "How large such a part has to be at least; files smaller than two of"
                                    + " them are not split.");

    public static final ConfigOption<Integer> PREFETCHED_SPLITS =
            ConfigOptions.key("scan.prefetched-splits")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "How many files, or parts of files, a reader asks for ahead of the one"
                                    + " that it is reading.");

    public static final ConfigOption<MemorySize> BATCH_SIZE =
            ConfigOptions.key("scan.batch.size")
                    .memoryType()
                    .defaultValue(MemorySize.parse("128kb"))
                    .withDescription(
                            "How many bytes a reader reads before it takes them apart. Up to eight"
                                    + " such batches are held in memory per reader.");

    public static final ConfigOption<Duration> RETRY_INITIAL_BACKOFF =
            ConfigOptions.key("retry.initial-backoff")
                    .durationType()
                    .defaultValue(Duration.ofMillis(100))
                    .withDescription(
                            "The pause after the first of a row of transient errors of the file"
                                    + " system; it doubles with each further one, less a random"
                                    + " part.");

    public static final ConfigOption<Duration> RETRY_MAX_BACKOFF =
            ConfigOptions.key("retry.max-backoff")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription("The longest pause between two attempts.");

    public static final ConfigOption<Duration> RETRY_DEADLINE =
            ConfigOptions.key("retry.deadline")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a row of transient errors may last before the job fails and"
                                    + " Flink's restart strategy takes over.");

    private RecordFileSourceOptions() {}
}
