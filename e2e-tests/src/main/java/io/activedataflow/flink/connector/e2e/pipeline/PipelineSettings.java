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

import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the arguments of the job say. Required:
 *
 * <ul>
 *   <li>{@code --redis host:port}, {@code --amps tcp://host:port/amps/json}, {@code --files
 *       directory}: where to read
 *   <li>{@code --output directory}: where to write
 * </ul>
 *
 * <p>Others:
 *
 * <ul>
 *   <li>{@code --redis-password-variable NAME} with {@code --redis-user-variable NAME}, or {@code
 *       --redis-password-file path} with {@code --redis-user name}: what to log in with; the same
 *       for {@code amps}
 *   <li>{@code --redis-group name}: a consumer group that is told of the progress
 *   <li>{@code --bounded}: end when what was there at the start is read
 *   <li>{@code --batch}: that in batch mode
 *   <li>{@code --checkpoint-interval}, {@code --checkpoint-timeout}, {@code
 *       --tolerated-checkpoint-failures}, {@code --unaligned}: instead of what the cluster says
 *   <li>{@code --disorder}, {@code --idleness}, {@code --window}: of event time
 *   <li>{@code --alignment group} and {@code --max-drift}: sources wait for each other
 *   <li>{@code --control directory}: of the {@link ControlFiles}
 *   <li>{@code --slow-sink-millis N}: the pause after each part while the sink is slow
 * </ul>
 *
 * @param slowSinkPause after each part while the control files say so
 */
record PipelineSettings(
        RedisInput redis,
        AmpsInput amps,
        FilesInput files,
        OutputFiles output,
        boolean bounded,
        boolean batch,
        Checkpoints checkpoints,
        EventTime eventTime,
        Duration windowSize,
        Optional<ControlFiles> control,
        Duration slowSinkPause) {

    private static final List<String> NAMES =
            List.of(
                    "redis",
                    "redis-group",
                    "amps",
                    "files",
                    "output",
                    "bounded",
                    "batch",
                    "checkpoint-interval",
                    "checkpoint-timeout",
                    "tolerated-checkpoint-failures",
                    "unaligned",
                    "disorder",
                    "idleness",
                    "window",
                    "alignment",
                    "max-drift",
                    "control",
                    "slow-sink-millis");

    private static final Duration DEFAULT_DISORDER = Duration.ofSeconds(5);

    /** A job that is drained while all its sources are idle does not end its windows. */
    private static final Duration DEFAULT_IDLENESS = Duration.ofSeconds(15);

    private static final Duration DEFAULT_DRIFT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_WINDOW = Duration.ofSeconds(10);
    private static final int DEFAULT_SLOW_SINK_MILLIS = 20;

    static PipelineSettings parse(String... args) {
        PipelineArguments arguments = PipelineArguments.parse(args, names());
        PipelineSettings settings =
                new PipelineSettings(
                        RedisInput.parse(arguments),
                        AmpsInput.parse(arguments),
                        new FilesInput(arguments.required("files", "/data/orders")),
                        new OutputFiles(arguments.required("output", "/data/output")),
                        arguments.isOn("bounded") || arguments.isOn("batch"),
                        arguments.isOn("batch"),
                        new Checkpoints(
                                arguments.duration("checkpoint-interval"),
                                arguments.duration("checkpoint-timeout"),
                                arguments.number("tolerated-checkpoint-failures"),
                                arguments.isOn("unaligned")),
                        new EventTime(
                                arguments.duration("disorder").orElse(DEFAULT_DISORDER),
                                arguments.duration("idleness").orElse(DEFAULT_IDLENESS),
                                arguments.text("alignment"),
                                arguments.duration("max-drift").orElse(DEFAULT_DRIFT)),
                        arguments.duration("window").orElse(DEFAULT_WINDOW),
                        arguments.text("control").map(ControlFiles::new),
                        Duration.ofMillis(
                                arguments
                                        .number("slow-sink-millis")
                                        .orElse(DEFAULT_SLOW_SINK_MILLIS)));
        settings.checkContradictions();
        return settings;
    }

    private void checkContradictions() {
        if (batch && eventTime.alignment().isPresent()) {
            throw new IllegalArgumentException(
                    "In batch mode there are no watermarks to align: leave '--alignment' or"
                            + " '--batch' out.");
        }
    }

    private static Set<String> names() {
        Set<String> names = new HashSet<>(NAMES);
        for (String server : List.of("redis", "amps")) {
            Login.ARGUMENTS.forEach(end -> names.add(server + end));
        }
        return names;
    }

    /** Texts rather than options, as these differ between the Flink lines. */
    Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.setString("execution.runtime-mode", batch ? "BATCH" : "STREAMING");
        // State is found again by these alone, whatever an upgrade adds.
        configuration.setString("pipeline.auto-generate-uids", "false");
        configuration.setString("pipeline.generic-types", "false");
        if (!batch) {
            checkpoints.addTo(configuration);
        }
        return configuration;
    }
}
