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

package io.activedataflow.flink.connector.e2e.environment;

import io.activedataflow.flink.connector.redis.testutils.Await;

import javax.annotation.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** One of the processes of a cluster: JobManager, TaskManager or ZooKeeper. */
final class FlinkProcess implements ManagedProcess {

    private static final Duration START = Duration.ofSeconds(90);
    private static final int LINES_SHOWN = 40;

    private final String name;
    private final IntFunction<List<String>> command;
    private final Map<String, String> environment;
    private final Readiness readiness;
    private final Path log;
    private final Reaper reaper;

    private int runs;
    @Nullable private OsProcess process;

    /**
     * A process that is not started yet.
     *
     * @param command the command line of a run, the first of which is 1
     */
    FlinkProcess(
            String name,
            IntFunction<List<String>> command,
            Map<String, String> environment,
            Readiness readiness,
            Path log,
            Reaper reaper) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.readiness = readiness;
        this.log = log;
        this.reaper = reaper;
    }

    /** Tells whether a run answers; a failure means that it does not yet. */
    interface Readiness {
        boolean isReady(int run) throws Exception;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        launch();
        awaitReady();
    }

    /** Starts it without waiting, so that others can start meanwhile. */
    synchronized void launch() {
        if (isRunning()) {
            throw new IllegalStateException(name + " runs already. Kill it first.");
        }
        runs++;
        process = OsProcess.start(name, command.apply(runs), environment, log, reaper);
    }

    /** Returns when what was launched answers. */
    void awaitReady() {
        int run = currentRun();
        Await.until(
                name + " to answer",
                START,
                () -> readiness.isReady(run) || !isRunning(),
                this::lastLines);
        if (!isRunning()) {
            throw new IllegalStateException(name + " has ended by itself. " + lastLines());
        }
    }

    @Override
    public synchronized void kill() {
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public void pause() {
        running().signal("STOP");
    }

    @Override
    public void resume() {
        running().signal("CONT");
    }

    @Override
    public synchronized boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public synchronized long residentBytes() {
        return process == null ? 0 : process.residentBytes();
    }

    @Override
    public String log() {
        return OsProcess.contentOf(log);
    }

    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return name;
    }

    private synchronized int currentRun() {
        return runs;
    }

    private synchronized OsProcess running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException(name + " does not run. Start it first.");
        }
        return process;
    }

    private String lastLines() {
        List<String> lines = log().lines().toList();
        return "The end of its log:\n"
                + String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }
}
