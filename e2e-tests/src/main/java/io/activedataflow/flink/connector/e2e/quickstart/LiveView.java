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

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The table on screen: one line per source and second, and what happens in between. Plain lines, so
 * that it reads the same in a terminal and in the log of a build. Lines may come from any thread.
 */
final class LiveView implements AutoCloseable {

    private static final String HEADER =
            String.format(
                    "%6s  %-14s %11s %11s %11s %10s %12s  %s",
                    "time",
                    "source",
                    "written",
                    "read",
                    "read per s",
                    "to read",
                    "checkpoints",
                    "job");

    private final PrintStream screen;
    private final long startNanos = System.nanoTime();
    private final Map<String, Long> lastRead = new HashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("live-view"));
    private long lastNanos = startNanos;

    LiveView(PrintStream screen) {
        this.screen = screen;
    }

    /** Shows the table from now on. */
    void start(Progress progress) {
        say("", HEADER);
        thread.scheduleAtFixedRate(() -> show(progress.latest()), 1, 1, TimeUnit.SECONDS);
    }

    /** Ends the table. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    synchronized void say(String... lines) {
        List.of(lines).forEach(screen::println);
    }

    /** Something that happens while the table runs. */
    void event(String kind, String text) {
        say(String.format("%6s  %s", elapsed(), "** " + kind + ": " + text));
    }

    /** Adds a line per source to the table. */
    synchronized void show(Snapshot now) {
        long nanos = System.nanoTime();
        double seconds = (nanos - lastNanos) / 1e9;
        lastNanos = nanos;
        for (Snapshot.SourceProgress source : now.sources()) {
            long before = lastRead.getOrDefault(source.name(), 0L);
            lastRead.put(source.name(), source.read());
            // After a restore the job stands at its checkpoint again; that is no negative speed.
            double rate = Math.max(0, source.read() - before) / seconds;
            screen.println(line(source, rate, now.job()));
        }
    }

    private String line(Snapshot.SourceProgress source, double rate, Snapshot.JobStatus job) {
        return String.format(
                Locale.ROOT,
                "%6s  %-14s %,11d %,11d %,11.0f %,10d %12d  %s",
                elapsed(),
                source.name(),
                source.written(),
                source.read(),
                rate,
                source.behind(),
                job.checkpoints(),
                job.state());
    }

    private String elapsed() {
        return (System.nanoTime() - startNanos) / 1_000_000_000 + " s";
    }
}
