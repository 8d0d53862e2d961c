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

import io.activedataflow.flink.connector.redis.testutils.RedisProcess;

import java.nio.file.Path;
import java.util.Locale;

/** What is said before and after the table: what is going to happen, and what has happened. */
final class Narration {

    private final QuickStartSettings settings;
    private final LiveView view;

    Narration(QuickStartSettings settings, LiveView view) {
        this.settings = settings;
        this.view = view;
    }

    void opening(RedisProcess redis) {
        view.say(
                "",
                "ActiveDataFlow quick start: from Redis Streams through Apache Flink, exactly once",
                "",
                "What is going to happen, in about half a minute:",
                "  1. A Redis server starts, and "
                        + number(settings.records())
                        + " orders are written to its streams "
                        + Orders.streamOf(0)
                        + " to "
                        + Orders.streamOf(Orders.PARTITIONS - 1)
                        + '.',
                "  2. A Flink job reads them, counts them per customer in its state, and commits them"
                        + " to files.",
                "  3. Two things break on purpose: the job crashes, and Redis is killed.",
                "  4. Every order is counted, in Redis and in the files: is one lost, is one there"
                        + " twice?",
                "",
                "Starting " + redis.binary() + ", which syncs every write to disk ...");
    }

    void started(RedisProcess redis, long backlog) {
        view.say(
                number(backlog) + " orders are in; the rest follows while the job runs.",
                "",
                "  Web UI of Flink  " + settings.webUi(),
                "  Redis            " + redis.address(),
                "  Log file         " + relative(settings.logFile()));
    }

    void closing(Verdict verdict) {
        view.say(
                "",
                "Counted one by one:",
                "  " + pad(verdict.in()) + " orders are in Redis, read back with XRANGE",
                "  " + pad(verdict.out()) + " orders are in the files that the job has committed",
                "  "
                        + pad(verdict.miscounted())
                        + " of them carry a wrong count from the state of Flink",
                "",
                verdict.toString(),
                verdict.isExactlyOnce()
                        ? "Every order has come through exactly once, over a crash of the job and a"
                                + " kill of the server."
                        : "THIS IS NOT EXACTLY ONCE. Please report it, with the log file "
                                + relative(settings.logFile())
                                + '.',
                "",
                "What to look at next:",
                "  the job that has just run   QuickStartJob.java in e2e-tests",
                "  what it has committed       " + relative(settings.output()),
                "  your own job                README.md");
        if (!settings.keepRunning()) {
            view.say("  its web UI, which stays up  ./mvnw -Pquickstart -Dquickstart.keepRunning");
        }
        view.say("");
    }

    void stayingUp(RedisProcess redis) {
        view.say(
                "Everything stays up until you press Ctrl-C.",
                "  Look at the job       " + settings.webUi(),
                "  Add an order by hand  redis-cli -p "
                        + redis.port()
                        + " XADD "
                        + Orders.streamOf(0)
                        + " '*' "
                        + Orders.FIELD
                        + ' '
                        + settings.records(),
                "");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String pad(long value) {
        return String.format(Locale.ROOT, "%,11d", value);
    }

    /** Short, if the file lies below the directory the build was started in. */
    private static Path relative(Path file) {
        Path here = Path.of(System.getProperty("user.dir"));
        Path root = here.endsWith("e2e-tests") ? here.getParent() : here;
        return file.startsWith(root) ? root.relativize(file) : file;
    }
}
