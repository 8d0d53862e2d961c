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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What users get wrong on the command line is told at once. */
@Timeout(60)
class PipelineSettingsTest {

    private static PipelineSettings parse(String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--redis",
                                "redis.example.com:6380",
                                "--amps",
                                "tcp://amps.example.com:9007/amps/json",
                                "--files",
                                "/data/in",
                                "--output",
                                "/data/out"));
        args.addAll(List.of(more));
        return PipelineSettings.parse(args.toArray(String[]::new));
    }

    @Test
    void fourArgumentsAreEnough() {
        PipelineSettings settings = parse();

        assertThat(settings.redis())
                .isEqualTo(
                        new RedisInput(
                                "redis.example.com", 6380, new Login.None(), Optional.empty()));
        assertThat(settings.amps().uris()).containsExactly("tcp://amps.example.com:9007/amps/json");
        assertThat(settings.bounded()).isFalse();
        assertThat(settings.configuration().toMap())
                .containsEntry("execution.runtime-mode", "STREAMING")
                .doesNotContainKeys(
                        "execution.checkpointing.interval",
                        "execution.checkpointing.unaligned.enabled");
    }

    @Test
    void checkpointsAreWhatTheArgumentsSay() {
        PipelineSettings settings =
                parse(
                        "--checkpoint-interval",
                        "500ms",
                        "--checkpoint-timeout",
                        "10 s",
                        "--tolerated-checkpoint-failures",
                        "7",
                        "--unaligned");

        assertThat(settings.configuration().toMap())
                .containsEntry("execution.checkpointing.interval", "500 ms")
                .containsEntry("execution.checkpointing.timeout", "10000 ms")
                .containsEntry("execution.checkpointing.tolerable-failed-checkpoints", "7")
                .containsEntry("execution.checkpointing.unaligned.enabled", "true");
    }

    @Test
    void batchIsBoundedAndHasNoCheckpoints() {
        PipelineSettings settings = parse("--batch", "--checkpoint-interval", "1s");

        assertThat(settings.bounded()).isTrue();
        assertThat(settings.configuration().toMap())
                .containsEntry("execution.runtime-mode", "BATCH")
                .doesNotContainKey("execution.checkpointing.interval");
        assertThatThrownBy(() -> parse("--batch", "--alignment", "all"))
                .hasMessageContaining("leave '--alignment' or '--batch' out");
    }

    @Test
    void flagsCanBeSwitchedOff() {
        assertThat(parse("--bounded", "false", "--unaligned").bounded()).isFalse();
        assertThat(parse("--bounded", "true").bounded()).isTrue();
        assertThatThrownBy(() -> parse("--bounded", "yes"))
                .hasMessage("The argument '--bounded' cannot be 'yes'. Give true or false.");
    }

    @Test
    void eventTimeIsWhatTheArgumentsSay() {
        EventTime time =
                parse("--disorder", "3s", "--alignment", "all", "--max-drift", "1min").eventTime();

        assertThat(time)
                .isEqualTo(
                        new EventTime(
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(15),
                                Optional.of("all"),
                                Duration.ofMinutes(1)));
        assertThatThrownBy(() -> parse("--disorder", "soon"))
                .hasMessage(
                        "The argument '--disorder' cannot be 'soon'. Give a duration such as 500ms"
                                + " or 10s.");
    }

    @Test
    void passwordsAreNamedNotGiven() {
        assertThat(
                        parse(
                                        "--redis-user-variable",
                                        "REDIS_USER",
                                        "--redis-password-variable",
                                        "REDIS_PASSWORD")
                                .redis()
                                .login())
                .isEqualTo(new Login.Variables("REDIS_USER", "REDIS_PASSWORD"));
        assertThat(
                        parse("--amps-user", "flink", "--amps-password-file", "/run/secret")
                                .amps()
                                .login())
                .isEqualTo(new Login.PasswordFile("flink", "/run/secret"));
        assertThatThrownBy(() -> parse("--redis-password", "secret"))
                .hasMessageStartingWith("There is no argument '--redis-password'. Give some of [")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(
                        () -> parse("--amps-password-file", "f", "--amps-password-variable", "V"))
                .hasMessageContaining("in a variable and in a file");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> PipelineSettings.parse("--redis", "localhost:1"))
                .hasMessage(
                        "The argument '--amps' is missing. Give it, for example '--amps"
                                + " tcp://localhost:9007/amps/json'.");
        assertThatThrownBy(() -> PipelineSettings.parse("--redis", "localhost"))
                .hasMessage("'localhost' is no host and port. Give for example localhost:6379.");
    }

    @Test
    void whatIsTooMuchIsNamed() {
        assertThatThrownBy(() -> parse("--window", "1s", "--window", "2s"))
                .hasMessage("The argument '--window' is given twice. Leave one of them out.");
        assertThatThrownBy(() -> parse("--bounded", "true", "stray"))
                .hasMessage("'stray' is no argument's name. Give '--name value'.");
        assertThatThrownBy(() -> parse("--slow-sink-millis", "1s"))
                .hasMessage("The argument '--slow-sink-millis' cannot be '1s'. Give a number.");
    }
}
