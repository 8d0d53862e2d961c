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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The quick start in small, all faults included. */
@Timeout(600)
class QuickStartITCase {

    private static final long RECORDS = 50_001;
    private static final long BROKEN = 51;

    @Test
    void survivesItsFaultsAndCountsEveryRecordOnce(@TempDir Path directory) throws Exception {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        QuickStartSettings settings =
                new QuickStartSettings(
                        RECORDS,
                        Duration.ofSeconds(8),
                        QuickStartSettings.freePort(),
                        false,
                        directory);

        List<Verdict> verdicts;
        try (QuickStartRun run = QuickStartRun.start(settings, new PrintStream(screen, true))) {
            verdicts = run.toVerdicts();
        }

        String text = screen.toString(StandardCharsets.UTF_8);
        assertThat(verdicts)
                .as(text)
                .containsExactly(
                        new Verdict(AmpsInlet.NAME, RECORDS, RECORDS, 0, 0, 0),
                        new Verdict(RedisInlet.NAME, RECORDS, RECORDS, 0, 0, 0),
                        new Verdict(FilesInlet.NAME, RECORDS, RECORDS, 0, 0, 0),
                        new Verdict(DeadLetters.NAME, BROKEN, BROKEN, 0, 0, 0));
        assertThat(text)
                .containsSubsequence(
                        "What is going to happen",
                        "** FAULT 1",
                        "** SURVIVED",
                        "** FAULT 2",
                        "** SURVIVED: the source has gone over to the other instance",
                        "** FAULT 3",
                        "** BACK",
                        "** SURVIVED: the source has connected again",
                        "** FAULT 4",
                        "** BACK",
                        "** SURVIVED: the ",
                        "order-files/orders-0-000000.csv, line 2: CAST in column customer",
                        "      0,somebody,none",
                        "amps           in=50001 out=50001 lost=0 duplicated=0",
                        "redis-streams  in=50001 out=50001 lost=0 duplicated=0",
                        "files          in=50001 out=50001 lost=0 duplicated=0",
                        "dead-letters   in=51 out=51 lost=0 duplicated=0",
                        "What to look at next");
    }
}
