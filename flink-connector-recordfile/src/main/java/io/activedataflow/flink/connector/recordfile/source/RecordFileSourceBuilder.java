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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumeratorSettings;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileErrorLimit;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.StreamFormats;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.StreamFormat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Describes a {@link RecordFileSource}. What to read and a format are required; everything else has
 * a default, which {@link RecordFileSourceOptions} documents.
 *
 * <p>Each setter refuses what it alone can judge; {@link #build} reports everything that does not
 * go together at once. Not thread-safe.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public final class RecordFileSourceBuilder<T> {

    private static final MemorySize SMALLEST_BATCH = new MemorySize(1024);
    private static final MemorySize LARGEST_BATCH = MemorySize.ofMebiBytes(256);

    private final GivenOptions options = new GivenOptions();
    private RecordFileSelection selection;
    private final GivenFormat<T> format = new GivenFormat<>();
    private RecordFileDiscoveryMode discoveryMode = RecordFileDiscoveryMode.watermark();
    private RecordFileDistribution distribution = RecordFileDistribution.pull();
    private RecordFileCompleteness completeness;
    private FileEnumerator.Provider fileEnumerator;
    private FileSplitAssigner.Provider splitAssigner;
    private PositionOverrides overrides = PositionOverrides.NONE;

    RecordFileSourceBuilder() {}

    // ------------------------------------------------------------------------ what

    /** What to read; this or its short form is required. */
    public RecordFileSourceBuilder<T> setSelection(RecordFileSelection files) {
        selection = Objects.requireNonNull(files, "selection");
        return this;
    }

    /**
     * Reads all files of these directories, files and patterns, with the defaults of {@link
     * RecordFileSelection#builder()}: also those of the directories below, and none that are hidden
     * or temporary by name.
     *
     * @param paths see {@link RecordFileSelectionBuilder#addRoots}
     * @throws IllegalArgumentException if there is none, one is blank, or a pattern is malformed
     */
    public RecordFileSourceBuilder<T> setPaths(String... paths) {
        return setSelection(RecordFileSelection.of(paths));
    }

    /**
     * How the files are written, and how to turn their records into elements; for files in UTF-8,
     * compressed or not, with records of at most 16 MiB. {@link RecordFileFormat} has settings for
     * others.
     */
    public RecordFileSourceBuilder<T> setFormat(
            RecordFileFraming framing, RecordFileDeserializationSchema<T> deserializer) {
        return setFormat(RecordFileFormat.of(framing, deserializer));
    }

    /** The format of the files; this or one of the other methods of this name is required. */
    public RecordFileSourceBuilder<T> setFormat(RecordFileFormat<T> files) {
        format.set(Objects.requireNonNull(files, "format"));
        return this;
    }

    /**
     * A format of Flink, or of the user's own, such as Parquet. It opens files and decides on
     * malformed records itself, so that {@link #onMalformed}, {@link #setErrorLimit} and timestamps
     * from columns are not possible. That a file has changed is noticed before it is read and at
     * the end, when its records have been emitted. Only the connector's Avro and key/value formats
     * repeat reads as {@link #setRetryBackoff} says and break them off: with others, faults fail
     * the job, and a read that does not return is left behind three seconds after its end.
     */
    public RecordFileSourceBuilder<T> setFormat(BulkFormat<T, FileSourceSplit> files) {
        Objects.requireNonNull(files, "format");
        if (files instanceof RecordFileFormat<T> own) {
            return setFormat(own);
        }
        format.set(files);
        return this;
    }

    /** As {@link #setFormat(BulkFormat)}. */
    public RecordFileSourceBuilder<T> setFormat(StreamFormat<T> files) {
        return setFormat(StreamFormats.toBulkFormat(Objects.requireNonNull(files, "format")));
    }

    // ------------------------------------------------------------------------ when

    /**
     * Goes on to look for new files when those that are there have been read: every 500 ms while
     * some are found. Without this the source is bounded. A file is read when two looks in a row
     * have found it the same, see {@link #setCompleteness}.
     */
    public RecordFileSourceBuilder<T> setContinuous() {
        return setContinuous(GivenOptions.DEFAULT_INTERVAL);
    }

    /**
     * As {@link #setContinuous()}; see {@link RecordFileSourceOptions#DISCOVERY_INTERVAL}.
     *
     * @param discoveryInterval at least 1 ms
     */
    public RecordFileSourceBuilder<T> setContinuous(Duration discoveryInterval) {
        options.setPositive(RecordFileSourceOptions.DISCOVERY_INTERVAL, discoveryInterval);
        return this;
    }

    /**
     * See {@link RecordFileSourceOptions#DISCOVERY_MAX_INTERVAL}. Only for continuous sources.
     *
     * @param interval not shorter than the discovery interval
     */
    public RecordFileSourceBuilder<T> setMaxDiscoveryInterval(Duration interval) {
        options.setPositive(RecordFileSourceOptions.DISCOVERY_MAX_INTERVAL, interval);
        return this;
    }

    /**
     * How files that have been read are remembered; by default by their modification time, {@link
     * RecordFileDiscoveryMode#watermark()}. Cannot be changed when a job is restored.
     */
    public RecordFileSourceBuilder<T> setDiscoveryMode(RecordFileDiscoveryMode mode) {
        discoveryMode = Objects.requireNonNull(mode, "discovery mode");
        return this;
    }

    /**
     * When a file counts as written to its end. By default a bounded source reads every file as
     * soon as it is seen, {@link RecordFileCompleteness#atOnce()}, and a continuous one when two
     * looks in a row have found it the same, {@link RecordFileCompleteness#withStableListings}.
     * Where files appear in one step, as in object stores, {@code atOnce()} saves the second look.
     */
    public RecordFileSourceBuilder<T> setCompleteness(RecordFileCompleteness conditions) {
        completeness = Objects.requireNonNull(conditions, "completeness");
        return this;
    }

    /** See {@link RecordFileSourceOptions#DISCOVERY_MAX_FILES}. */
    public RecordFileSourceBuilder<T> setMaxFilesPerDiscovery(int files) {
        options.setCount(RecordFileSourceOptions.DISCOVERY_MAX_FILES, files, 1, Integer.MAX_VALUE);
        return this;
    }

    /** See {@link RecordFileSourceOptions#DISCOVERY_MAX_BYTES}. */
    public RecordFileSourceBuilder<T> setMaxBytesPerDiscovery(MemorySize bytes) {
        options.setSize(
                RecordFileSourceOptions.DISCOVERY_MAX_BYTES,
                bytes,
                new MemorySize(1),
                MemorySize.MAX_VALUE);
        return this;
    }

    /** See {@link RecordFileSourceOptions#ON_LATE_FILE}. */
    public RecordFileSourceBuilder<T> setOnLateFile(RecordFileLatePolicy policy) {
        options.set(RecordFileSourceOptions.ON_LATE_FILE, policy);
        return this;
    }

    /** See {@link RecordFileSourceOptions#ON_FILE_CHANGED}. */
    public RecordFileSourceBuilder<T> setOnFileChanged(RecordFileChangePolicy policy) {
        options.set(RecordFileSourceOptions.ON_FILE_CHANGED, policy);
        return this;
    }

    /** See {@link RecordFileSourceOptions#CONTENT_IDENTITY}. */
    public RecordFileSourceBuilder<T> setContentIdentity(boolean on) {
        options.set(RecordFileSourceOptions.CONTENT_IDENTITY, on);
        return this;
    }

    // ------------------------------------------------------------------------ who

    /** See {@link RecordFileSourceOptions#ORDER}. */
    public RecordFileSourceBuilder<T> setOrder(RecordFileOrder order) {
        options.set(RecordFileSourceOptions.ORDER, order);
        return this;
    }

    /**
     * Which reader reads which file; by default any that has time, {@link
     * RecordFileDistribution#pull()}.
     */
    public RecordFileSourceBuilder<T> setDistribution(RecordFileDistribution strategy) {
        distribution = Objects.requireNonNull(strategy, "distribution");
        return this;
    }

    /**
     * See {@link RecordFileSourceOptions#SPLIT_TARGET_SIZE} and {@link
     * RecordFileSourceOptions#SPLIT_MINIMUM_SIZE}.
     */
    public RecordFileSourceBuilder<T> setSplitting(RecordFileSplitSettings sizes) {
        options.set(RecordFileSourceOptions.SPLIT_TARGET_SIZE, sizes.targetSize());
        options.set(RecordFileSourceOptions.SPLIT_MINIMUM_SIZE, sizes.minimumSize());
        return this;
    }

    /**
     * Lists files with an enumerator made for Flink's own file source. It is given the directories
     * and files to start from, and asked again for each look; what it lists and the selection does
     * not select, by root, pattern, name, size or time, is left out all the same, and the
     * conditions of completeness hold. Where it cuts a file, so does the source, if the format can
     * be split and does not tell by itself where.
     */
    public RecordFileSourceBuilder<T> setFileEnumerator(FileEnumerator.Provider provider) {
        fileEnumerator = Objects.requireNonNull(provider, "file enumerator");
        return this;
    }

    /**
     * Orders what is read with an assigner made for Flink's own file source, instead of first come,
     * first served. Has no say in files that have a key, see {@link RecordFileDistribution}.
     */
    public RecordFileSourceBuilder<T> setSplitAssigner(FileSplitAssigner.Provider provider) {
        splitAssigner = Objects.requireNonNull(provider, "split assigner");
        return this;
    }

    // ------------------------------------------------------------------------ how

    /**
     * What to do with malformed records; to fail by default, {@link
     * RecordFileMalformedPolicy#fail()}.
     */
    public RecordFileSourceBuilder<T> onMalformed(RecordFileMalformedPolicy<T> policy) {
        format.malformedPolicy = Objects.requireNonNull(policy, "malformed policy");
        return this;
    }

    /** How many malformed records are too many whatever is done with them; no limit by default. */
    public RecordFileSourceBuilder<T> setErrorLimit(RecordFileErrorLimit limit) {
        format.errorLimit = Objects.requireNonNull(limit, "error limit");
        return this;
    }

    /**
     * Which timestamps elements have, before the watermark strategy's own assigner sees them; none
     * by default.
     */
    public RecordFileSourceBuilder<T> setTimestamps(RecordFileTimestamps source) {
        format.timestamps = Objects.requireNonNull(source, "timestamps");
        return this;
    }

    /**
     * See {@link RecordFileSourceOptions#PREFETCHED_SPLITS}.
     *
     * @param splits from 0 to 1000
     */
    public RecordFileSourceBuilder<T> setPrefetchedSplits(int splits) {
        options.setCount(RecordFileSourceOptions.PREFETCHED_SPLITS, splits, 0, 1000);
        return this;
    }

    /**
     * See {@link RecordFileSourceOptions#BATCH_SIZE}. Formats of Flink have sizes of their own.
     *
     * @param size from 1 kb to 256 mb
     */
    public RecordFileSourceBuilder<T> setBatchSize(MemorySize size) {
        options.setSize(RecordFileSourceOptions.BATCH_SIZE, size, SMALLEST_BATCH, LARGEST_BATCH);
        return this;
    }

    /**
     * See {@link RecordFileSourceOptions#RETRY_INITIAL_BACKOFF} and {@link
     * RecordFileSourceOptions#RETRY_MAX_BACKOFF}.
     */
    public RecordFileSourceBuilder<T> setRetryBackoff(Duration initial, Duration max) {
        options.setPositive(RecordFileSourceOptions.RETRY_INITIAL_BACKOFF, initial);
        options.setPositive(RecordFileSourceOptions.RETRY_MAX_BACKOFF, max);
        return this;
    }

    /** See {@link RecordFileSourceOptions#RETRY_DEADLINE}. */
    public RecordFileSourceBuilder<T> setRetryDeadline(Duration deadline) {
        options.setPositive(RecordFileSourceOptions.RETRY_DEADLINE, deadline);
        return this;
    }

    /**
     * Puts positions in place of those in the state, once, when the job is restored the next time:
     * each file goes on there, and what lies before is left out. Not applied again after a failure,
     * nor to a file that is found later; a restore without it makes it possible again. A file of
     * which the restored state knows nothing is warned about.
     *
     * <p>{@link RecordFilePosition#atOffset} takes the first byte of a record, as an offset in the
     * file's content, decompressed where it is compressed, and with byte order mark and header
     * counted: what {@link io.activedataflow.flink.connector.recordfile.RecordFileProgress} tells.
     * From 0 on the file is read again; from its end on nothing is. That a record begins there is
     * not checked. A compressed file is decompressed up to there, unless the position comes from
     * the progress and tells its member. Record and line numbers are unknown afterwards unless the
     * position has them.
     *
     * <p>Of a file that is read in ranges, those that lie before the position are left out, and
     * those behind it are read from their beginnings. Ranges that have been read to their ends are
     * not in the state and are not read again; a warning tells their bytes.
     *
     * <p>To a format of Flink a position is what it makes of one: give {@link
     * RecordFilePosition#START}, or a position that it has had before.
     *
     * @param positions by path, as it stands in logs and in the progress; a scheme or host may be
     *     left out
     * @throws IllegalArgumentException if a path is blank, or two are of the same file
     */
    public RecordFileSourceBuilder<T> setPositionOverrides(
            Map<String, RecordFilePosition> positions) {
        overrides = new PositionOverrides(positions);
        return this;
    }

    // ------------------------------------------------------------------------ build

    /**
     * Builds the source.
     *
     * @throws IllegalStateException if something is missing or does not go together; the message
     *     lists everything at once
     */
    public RecordFileSource<T> build() {
        SourceProblems problems = new SourceProblems();
        problems.requireGiven(
                selection != null, "Nothing to read is given: call setPaths or setSelection.");
        problems.checkDurations(options);
        if (selection != null) {
            problems.checkSelection(selection, completeness());
            problems.checkOverrides(overrides, selection, format.isOwn());
        }
        if (options.contains(RecordFileSourceOptions.ON_LATE_FILE)) {
            problems.checkLatePolicy(discoveryMode);
        }
        problems.checkDistribution(distribution, selection, splitAssigner != null);
        format.check(problems);
        problems.throwIfAny();
        return new RecordFileSource<>(
                enumeratorSettings(),
                format.producedType(),
                format.readerFactory(
                        selection, options.fileAccess(), options.readerOptions(overrides)));
    }

    private RecordFileCompleteness completeness() {
        return completeness != null
                ? completeness
                : RecordFileCompleteness.defaultOf(options.bounded());
    }

    private RecordFileEnumeratorSettings enumeratorSettings() {
        return new RecordFileEnumeratorSettings(
                options.discoverySettings(selection, discoveryMode, completeness()),
                distribution,
                format.cutting(options.splitSettings()),
                fileEnumerator,
                splitAssigner,
                overrides);
    }
}
